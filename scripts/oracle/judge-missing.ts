import type { Corrected, Evidence, Fault } from "./evidence.ts";
import type { Notice } from "./match.ts";

/** Nothing is told that nobody asked for; nothing is missing, and nobody is left out or brought in. */
export function judgeMissing(evidence: Evidence, notices: readonly Notice[], faults: Fault[]): void {
  const left = noLonger(evidence.people);
  const number = new Map(evidence.people.map((each) => [each.subscription, each.number]));
  const recipients = new Map(
    [...Map.groupBy(evidence.recorded, ({ notice }) => notice)].map(([notice, rows]) => [
      notice,
      new Set(rows.map(({ subscription }) => number.get(subscription) ?? -1)),
    ]),
  );
  const audience = (notice: Notice, must: ReadonlySet<number>, may: ReadonlySet<number>) => {
    const who = recipients.get(notice.notice) ?? new Set();
    const missed = [...must].filter((each) => !(who.has(each) || left.has(each)));
    const more = [...who].filter((each) => !may.has(each));
    const name = `${notice.kind} of ${notice.entry ?? "?"} (${notice.notice})`;
    if (missed.length > 0) faults.push({ rule: "nobody-missed", what: `${name} is not for ${missed.join(", ")}` });
    if (more.length > 0) faults.push({ rule: "only-whom-it-concerns", what: `${name} is for ${more.join(", ")}` });
  };
  for (const notice of notices) {
    if (notice.is === "unasked")
      faults.push({
        rule: "nothing-old",
        what: `${notice.kind} of ${notice.entry ?? "?"} (${notice.notice}) is no news`,
      });
    if (notice.expected) audience(notice, notice.expected.must, notice.expected.may);
    if (notice.is === "clock") judgeClock(notice, evidence, audience, faults);
  }
  const found = new Set(notices.map(({ expected }) => expected));
  for (const one of evidence.expected) {
    const must = [...one.must].filter((each) => !left.has(each));
    if (found.has(one) || must.length === 0) continue;
    faults.push({
      rule: "nothing-missing",
      what: `${one.topic} of ${one.entry} with ${one.markers.join(", ")} was not told to ${must.join(", ")}`,
    });
  }
  for (const one of evidence.corrected) judgeCorrection(one, evidence, notices, recipients, faults);
  judgeLivedThrough(evidence, notices, faults);
  if (!evidence.isSettled) judgeUnsettled(evidence, left, faults);
}

/** Who need not get anything, because at some time they left or their receiver said that nobody is there. */
const noLonger = (people: Evidence["people"]) =>
  new Set(people.filter(({ leftAt, saysGone }) => leftAt !== undefined || saysGone).map(({ number }) => number));

/** With good receivers and nothing halted, everything comes to an end. */
function judgeUnsettled(evidence: Evidence, left: ReadonlySet<number>, faults: Fault[]): void {
  const number = new Map(evidence.people.map((each) => [each.subscription, each.number]));
  for (const { notice, subscription, channel, state, attempts } of evidence.recorded) {
    if (state !== "queued" && state !== "sending") continue;
    if (left.has(number.get(subscription) ?? -1) || (channel === "email" && evidence.mailIsShut)) continue;
    const what = `${notice}.${subscription} (${channel}) is ${state} after ${attempts.length} attempts, though its receiver is good`;
    faults.push({ rule: "everything-ends", what });
  }
}

type Audience = (notice: Notice, must: ReadonlySet<number>, may: ReadonlySet<number>) => void;

function judgeClock(notice: Notice, { entries }: Evidence, audience: Audience, faults: Fault[]): void {
  const entry = entries.find((each) => each.entry === notice.entry);
  if (entry?.kind !== "maintenance") {
    faults.push({ rule: "nothing-old", what: `${notice.kind} of ${notice.entry ?? "?"}, which is no maintenance` });
    return;
  }
  audience(notice, new Set(), entry.mayClock);
  const edge = notice.kind === "maintenance_ended" ? "end" : "start";
  const isTooEarly = notice.kind !== "maintenance_reminder" && entry.windows.every((each) => notice.at < each[edge]);
  if (isTooEarly)
    faults.push({ rule: "not-before-time", what: `${notice.kind} of ${notice.entry} was told before its ${edge}` });
}

function judgeLivedThrough({ entries, people }: Evidence, notices: readonly Notice[], faults: Fault[]): void {
  const left = noLonger(people);
  for (const { entry, isLivedThrough, mustClock } of entries) {
    if (!isLivedThrough || [...mustClock].every((each) => left.has(each))) continue;
    for (const kind of ["maintenance_begun", "maintenance_ended"]) {
      const times = notices.filter((each) => each.kind === kind && each.entry === entry).length;
      if (times !== 1) faults.push({ rule: "told-in-time", what: `${kind} of ${entry} was told ${times} times` });
    }
  }
}

/** A correction reaches those who received the wrong notice or may have, and nobody else. */
function judgeCorrection(
  one: Corrected,
  evidence: Evidence,
  notices: readonly Notice[],
  recipients: ReadonlyMap<string, ReadonlySet<number>>,
  faults: Fault[],
): void {
  const number = new Map(evidence.people.map((each) => [each.subscription, each.number]));
  const left = noLonger(evidence.people);
  const correction = notices.find(({ is, markers }) => is === "correction" && markers.includes(one.marker));
  const who = recipients.get(correction?.notice ?? "") ?? new Set<number>();
  for (const { notice, subscription, attempts, channel } of evidence.recorded) {
    if (notice !== one.notice) continue;
    const person = number.get(subscription) ?? -1;
    const name = `${one.notice}.${subscription} (${channel})`;
    const had = attempts.some(({ outcome, at }) => outcome === "accepted" && at < one.from);
    // What was in flight at that moment may have arrived, and what nobody knows of.
    const mayHave =
      had ||
      attempts.some(
        ({ outcome, startedAt, at }) => outcome === "unknown" || (startedAt <= one.until && one.from <= at),
      );
    if (had && !who.has(person) && !left.has(person))
      faults.push({ rule: "correction-reaches", what: `${name} is not corrected` });
    if (!mayHave && who.has(person))
      faults.push({ rule: "correction-only", what: `${name} is corrected and never came` });
  }
}
