import { MARKER } from "./dice.ts";
import type { Evidence, Got, Named, Sealed } from "./evidence.ts";
import type { Expected } from "./rules.ts";

const CLOCK = new Set(["maintenance_begun", "maintenance_ended", "maintenance_reminder"]);
const REPORTS = new Set(["report_preliminary", "report_final"]);

/** A notice with what it had to be. */
export interface Notice extends Sealed {
  readonly markers: readonly string[];
  readonly expected: Expected | undefined;
  readonly is: "published" | "clock" | "correction" | "unasked";
}

/** Says of each notice which publication, edge of a maintenance or correction it comes from. */
export function noticesOf(evidence: Evidence): readonly Notice[] {
  const open = new Set(evidence.expected);
  return evidence.sealed.map((sealed): Notice => {
    const { kind, at, entry } = sealed;
    if (kind === "correction") {
      const one = evidence.corrected.find(({ from, until }) => from <= at && at <= until);
      return { ...sealed, markers: one ? [one.marker] : [], expected: undefined, is: one ? "correction" : "unasked" };
    }
    if (CLOCK.has(kind)) return { ...sealed, markers: [], expected: undefined, is: "clock" };
    const one = [...open].find(
      (each) =>
        each.entry === entry && each.from <= at && at <= each.until && (each.topic === "reports") === REPORTS.has(kind),
    );
    if (!one) return { ...sealed, markers: [], expected: undefined, is: "unasked" };
    open.delete(one);
    return { ...sealed, markers: one.markers, expected: one, is: "published" };
  });
}

export const markersIn = (text: string): readonly string[] => [...new Set(text.match(MARKER) ?? [])];

/** Whose title stands in a text. */
export function namedIn(text: string, entries: readonly Named[]): readonly Named[] {
  const markers = markersIn(text);
  return entries.filter(({ title }) => markers.some((each) => title.includes(each)));
}

/**
 * Which notice each message is, where it does not say so itself (chats and push): by the markers in it; those without any go
 * by the order in which they came.
 */
export function told(evidence: Evidence, notices: readonly Notice[]): ReadonlyMap<Got, string | undefined> {
  const result = new Map<Got, string | undefined>();
  const subscription = new Map(evidence.people.map((each) => [each.number, each.subscription]));
  const mine = Map.groupBy(evidence.recorded, (each) => each.subscription);
  for (const [person, all] of Map.groupBy(evidence.got, (each) => each.person)) {
    const ids = new Set((mine.get(subscription.get(person) ?? "") ?? []).map(({ notice }) => notice));
    const own = notices.filter(({ notice }) => ids.has(notice));
    const rest: Got[] = [];
    for (const got of all) {
      const found = got.notice ?? byMarkers(got, own, evidence.entries);
      if (found === undefined) rest.push(got);
      else result.set(got, found);
    }
    const taken = new Set(all.map((got) => result.get(got)));
    const left = own.filter(({ notice }) => !taken.has(notice)).sort((a, b) => a.at - b.at);
    byOrder(rest, left, evidence.entries, result);
  }
  return result;
}

function byMarkers(got: Got, own: readonly Notice[], entries: readonly Named[]): string | undefined {
  const markers = new Set(markersIn(got.text));
  const about = new Set(namedIn(got.text, entries).map(({ entry }) => entry));
  const fits = own.filter(
    ({ markers: each, entry, is }) =>
      each.length > 0 && each.every((one) => markers.has(one)) && (is === "correction" || about.has(entry ?? "")),
  );
  return fits.toSorted((a, b) => b.markers.length - a.markers.length || b.at - a.at)[0]?.notice;
}

/** The same words are the same notice; another text is the next one of the same entry. */
function byOrder(
  rest: readonly Got[],
  left: readonly Notice[],
  entries: readonly Named[],
  result: Map<Got, string | undefined>,
): void {
  const open = [...left];
  for (const [, same] of Map.groupBy(rest, ({ text }) => text)) {
    const about = new Set(namedIn(same[0]?.text ?? "", entries).map(({ entry }) => entry));
    const next = open.findIndex(({ entry, markers }) => markers.length === 0 && about.has(entry ?? ""));
    const notice = next < 0 ? undefined : open.splice(next, 1)[0]?.notice;
    for (const got of same) result.set(got, notice);
  }
}
