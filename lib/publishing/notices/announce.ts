import { createHash } from "node:crypto";
import { firstParagraph } from "#lib/markdown/parse.ts";
import { shorten } from "#lib/markdown/shorten.ts";
import { everyId } from "#lib/model/component-ids.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Incident, Maintenance, Site } from "#lib/model/site.ts";
import { latest } from "#lib/model/time.ts";
import { type Identities, identify } from "./identify.ts";
import { incidentNews } from "./incident-news.ts";
import { type KnownEvent, knownUpdate } from "./known.ts";
import { maintenanceNews } from "./maintenance-news.ts";
import { matchUpdates } from "./match-updates.ts";
import { isMovedAlike, shiftsOfPast } from "./moved-past.ts";
import { type NotTold, notToldOf, removedNotTold, type Unclear } from "./not-told.ts";
import { type EventObservation, goesOn, isRecent, type News, type NewsSettings } from "./observation.ts";
import { hasGrown, type Look, looksOf, remember } from "./remember.ts";
import { reportNews } from "./report-news.ts";
import { isBare, saidOf } from "./said.ts";
import { unclearOf } from "./unclear.ts";
import { writeNotice } from "./write-notice.ts";

/** What a Site has to tell, and what is known once it is told. */
export interface Announcement {
  /** In the order in which they are to be told: by event, oldest news first. */
  readonly notices: readonly Notice[];
  /** The known events that have changed, and the new ones. The others stay as they are. */
  readonly known: readonly KnownEvent[];
  /** What changed and is not told; nothing where it was asked to be quiet. */
  readonly notTold: readonly NotTold[];
  /** What could not be told apart for certain. */
  readonly unclear: readonly Unclear[];
}

export interface AnnounceOptions extends NewsSettings {
  /** Take note of everything and tell nothing. */
  readonly isQuiet: boolean;
  /** What readers see until now. */
  readonly before?: Site;
}

/**
 * Holds a Site against everything that was known before. What is new and recent becomes notices; what was reworded,
 * moved, renamed, brought back or happened long ago is taken note of in silence. Told once, news is known, and the same
 * Site gives none.
 */
export function announce(site: Site, remembered: readonly KnownEvent[], options: AnnounceOptions): Announcement {
  const allIds = (ids: readonly string[]) => everyId(site.config, ids);
  // A component that was renamed is the same to what was known of it under its former id.
  const hasFormer = site.config.components.some(({ former }) => former !== undefined);
  const known = hasFormer ? remembered.map((one) => underEveryId(one, allIds)) : remembered;
  const events = [...site.incidents, ...site.maintenances];
  const identities = identify(events, known);
  const shifts = shiftsOfPast(identities.known);
  const takenIds = new Set(known.map(({ id }) => id));
  const former = new Map(
    [...(options.before?.incidents ?? []), ...(options.before?.maintenances ?? [])].map((event) => [event.slug, event]),
  );
  const results: Result[] = [];
  for (const event of events.toReversed()) {
    const before = identities.known.get(event);
    const seen = looksOf(event, site.now);
    if (before?.seen === seen && !before.awaitsReminder) continue;
    const isMovedWithPast = before !== undefined && event.kind === "maintenance" && isMovedAlike(event, before, shifts);
    const newId = takenIds.has(event.id) ? anotherId(event, takenIds) : event.id;
    takenIds.add(newId);
    results.push(
      lookAt(
        site,
        { event, known: before, isMovedWithPast },
        { seen, newId, everyId: allIds },
        { ...identities, former },
        options,
      ),
    );
  }
  const removed = removedNotTold(options.before, known, new Set(identities.known.values()));
  return {
    notices: results.flatMap((result) => result.notices),
    known: results.map((result) => result.known),
    notTold: options.isQuiet ? [] : [...results.flatMap((result) => result.notTold), ...removed],
    unclear: options.isQuiet ? [] : results.flatMap((result) => result.unclear),
  };
}

function underEveryId(one: KnownEvent, allIds: Look["everyId"]): KnownEvent {
  const { components, reached } = one;
  return {
    ...one,
    components: allIds(components),
    ...(reached ? { reached: { ...reached, components: allIds(reached.components) } } : {}),
  };
}

interface Result extends Pick<Announcement, "notices" | "notTold" | "unclear"> {
  readonly known: KnownEvent;
}

function lookAt(
  site: Site,
  sight: Pick<EventObservation, "event" | "known" | "isMovedWithPast">,
  look: Look,
  identities: Identities & { readonly former: ReadonlyMap<string, Incident | Maintenance> },
  options: AnnounceOptions,
): Result {
  const { event, known: before } = sight;
  const { now } = site;
  const said = saidOf(event, now);
  const updates = said.map(knownUpdate);
  const matches = matchUpdates(before?.updates ?? [], updates);
  const told = { known: before, now, settings: options };
  const recent = said.filter(
    (update, index) =>
      matches[index] === undefined &&
      (isRecent(latest(update.at), told) || goesOn(update, told)) &&
      !(before?.state === "over" && isBare(update)),
  );
  const observation: EventObservation = { ...sight, ...told, recent };
  const news = options.isQuiet ? undefined : progress(observation);
  const report = options.isQuiet ? undefined : reportNews(observation);
  const known = remember(observation, { updates, matches }, news, look);

  const formerWindow = news?.kind === "maintenance_moved" ? before?.window : undefined;
  const subject = { site, event, known };
  // Whoever hears of it for the first time hears the whole story.
  const isWider = recent.length > 0 && hasGrown(observation);
  const old = isWider ? said.filter((update) => !recent.includes(update)) : [];
  const story = { updates: [...old, ...recent], toldBefore: old.length };
  const former = identities.former.get(before?.slugs.at(-1) ?? "");
  const isByLikeness = identities.byLikeness.has(event);
  return {
    notices: [
      ...(news ? [writeNotice({ ...subject, news, ...story, ...(formerWindow ? { formerWindow } : {}) })] : []),
      ...(report
        ? [
            writeNotice({
              ...subject,
              news: report,
              updates: [],
              summary: shorten(firstParagraph(event.report?.body ?? "", site.config.locale), SUMMARY_LENGTH),
            }),
          ]
        : []),
    ],
    known,
    notTold: options.isQuiet ? [] : notToldOf({ observation, news, said, matches, isByLikeness, former }),
    unclear: options.isQuiet
      ? []
      : unclearOf({
          observation,
          news,
          said,
          updates,
          matches,
          known,
          isByLikeness,
          apartFrom: identities.apart.get(event),
        }),
  };
}

function progress(observation: EventObservation): News | undefined {
  const { event } = observation;
  return event.kind === "incident"
    ? incidentNews({ ...observation, event })
    : maintenanceNews({ ...observation, event });
}

/** An id for an event whose own is another's already: its address was used before, for something else. */
function anotherId(event: Incident | Maintenance, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const bits = createHash("sha256").update(`${event.id} ${number}`).digest().readBigUInt64BE() >> 4n;
    const id = bits.toString(36).padStart(12, "0").slice(0, 12);
    if (!taken.has(id)) return id;
  }
}

/** As much of a report as a notice of it quotes, in UTF-16 code units. */
const SUMMARY_LENGTH = 400;
