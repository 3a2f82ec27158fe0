import { expect, test } from "vitest";
import { said, shown } from "./world.ts";

const FIRST = "2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.";
const PAST =
  "components: [api]\nupdates:\n  - { at: 2026-02-01T10:00Z, status: investigating, body: Search is slow. }\n  - { at: 2026-02-01T11:00Z, status: resolved, body: Search is fast again. }";
const PLAN =
  "components: [api]\nscheduled: { start: 2026-03-10T10:00Z, end: 2026-03-10T12:00Z }\nupdates:\n  - { at: 2026-03-05T09:00Z, status: scheduled, body: We replace a disk. }";

const RESOLVED = "2026-03-05T11:00Z resolved It works again.";
const DAYS_LATER = "2026-03-10T10:00Z";

/** Published at a time, then changed at another; and what is said of that. */
interface Change {
  readonly name: string;
  readonly at: string;
  readonly files: Record<string, string>;
  readonly now: string;
  readonly changed: Record<string, string>;
  readonly words: string;
}

test.each(
  (
    [
      [
        "words edited into an old update",
        "2026-03-05T10:01Z",
        { a: said(FIRST) },
        "2026-03-05T10:30Z",
        { a: said(`${FIRST} Change your passwords.`) },
        "a: The words of the update of 2026-03-05 10:00 UTC changed. It is taken for the one of 2026-03-05 10:00 UTC, reworded: that was told before. Say what is new in an update of its own.",
      ],
      [
        "impact raised without an update",
        "2026-03-05T10:01Z",
        { a: said(FIRST) },
        "2026-03-05T10:30Z",
        { a: said(FIRST).replace("major", "critical") },
        "a: Its impact was raised from major to critical. Without an update there is nothing for subscribers to read. Add an update.",
      ],
      [
        "components added without an update",
        "2026-03-05T10:01Z",
        { a: said(FIRST) },
        "2026-03-05T10:30Z",
        { a: said(FIRST).replace("[api]", "[api, web]") },
        "a: It hits more: web. Without an update there is nothing for subscribers to read. Add an update.",
      ],
      [
        "planned maintenance that is removed",
        "2026-03-05T09:01Z",
        { m: PLAN },
        "2026-03-05T10:30Z",
        {},
        "m: It was removed or made a draft, and subscribers expect the work. What is not shown says nothing, and what was sent cannot be taken back. Show it again, and cancel the work with an update of the status cancelled. Or tell those whom it reached that it was wrong: candor ledger --incident m names the notices, and candor correct NOTICE --message TEXT tells them.",
      ],
      [
        "an open incident that is removed",
        "2026-03-05T10:01Z",
        { a: said(FIRST) },
        "2026-03-05T10:30Z",
        {},
        "a: It was removed or made a draft, and subscribers believe that it goes on. What is not shown says nothing, and what was sent cannot be taken back. Show it again, and end it with an update of the status resolved. Or tell those whom it reached that it was wrong: candor ledger --incident a names the notices, and candor correct NOTICE --message TEXT tells them.",
      ],
      [
        "an update that is taken away",
        "2026-03-05T10:31Z",
        { a: said(FIRST, "2026-03-05T10:30Z identified A release is at fault.") },
        "2026-03-05T10:40Z",
        { a: said(FIRST) },
        "a: The update of 2026-03-05 10:30 UTC was taken away. What was sent cannot be taken back. If it was wrong, send a correction: candor correct.",
      ],
      [
        "a file renamed without a word",
        "2026-03-05T10:01Z",
        { a: said(FIRST) },
        "2026-03-05T10:30Z",
        { b: said(FIRST) },
        "b: It has an address that is new. It is taken for “a” under a new name, because it says the same. If it is another one, give it an id of its own.",
      ],
      [
        "an update too old",
        "2026-03-05T11:01Z",
        { a: said(FIRST, RESOLVED) },
        DAYS_LATER,
        { a: said(FIRST, "2026-03-05T10:30Z update The cause was a faulty release.", RESOLVED) },
        "a: The update of 2026-03-05 10:30 UTC is new. It is more than 24 hours old. Add an update that bears the time at which it is written.",
      ],
      [
        "something new that is too old",
        "2026-03-05T11:01Z",
        {},
        DAYS_LATER,
        { a: said(FIRST, RESOLVED) },
        "a: It is new here, with 2 updates. It is more than 24 hours old.",
      ],
      [
        "a status set back",
        "2026-03-05T11:01Z",
        { a: said(FIRST, RESOLVED) },
        "2026-03-05T11:10Z",
        { a: said(FIRST, RESOLVED.replace("resolved", "monitoring")) },
        "a: It is open again. A status alone tells nobody. Add an update.",
      ],
      [
        "a zone put right",
        "2026-03-05T09:01Z",
        { past: PAST, m: PLAN },
        "2026-03-05T09:30Z",
        {
          past: PAST.replaceAll("T10:", "T09:").replaceAll("T11:", "T10:"),
          m: PLAN.replaceAll("T10:", "T09:").replaceAll("T12:", "T11:"),
        },
        "m: Its window changed. What is past moved by the same time: it is taken for a zone put right. Add an update.",
      ],
    ] as [string, string, Record<string, string>, string, Record<string, string>, string][]
  ).map(([name, at, files, now, changed, words]): Change => ({ name, at, files, now, changed, words })),
)("whoever publishes reads why this is not told: $name", ({ at, files, now, changed, words }) => {
  const world = shown(at, files);
  expect(world.publish(now, changed)).toEqual([]);
  const lines = world.notTold.map(({ slug, what, why, how }) => [`${slug}:`, what, why, how ?? ""].join(" ").trimEnd());
  expect(lines).toContain(words);
  world.publish(now, changed);
  expect(world.notTold).toEqual([]);
});

test("where it is not certain which of two updates is new, that is said, and not where it is plain", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  const typo = FIRST.replace("many customers", "many of our customers");
  const plain = "2026-03-05T10:30Z identified A faulty release is being rolled back.";
  world.publish("2026-03-05T10:31Z", { a: said(typo, plain) });
  expect(world.unclear).toEqual([]);
  const other = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  other.publish("2026-03-05T10:41Z", { a: said(typo, FIRST.replace("10:00", "10:40").replace("fails", "failed")) });
  expect(other.unclear).toMatchObject([
    {
      slug: "a",
      what: "The update of 2026-03-05 10:40 UTC is told, and the one of 2026-03-05 10:00 UTC is taken for one that was told before; it could be the other way round.",
      audience: { components: ["api"] },
    },
  ]);
});

test("what is taken for a renamed file or for another incident by its words alone is said to be uncertain", () => {
  const world = shown("2026-03-05T10:01Z", { a: said(FIRST) });
  expect(world.publish("2026-03-05T12:01Z", { b: said(FIRST.replace("10:00", "12:00")) })).toEqual([]);
  expect(world.unclear.map(({ what }) => what)).toEqual([
    "It is taken for “a” under a new name, and is not told again.",
  ]);
  const over = shown("2026-03-05T11:01Z", { a: said(FIRST, RESOLVED) });
  over.publish("2026-03-06T10:01Z", { a: said(FIRST.replace("03-05", "03-06")) });
  expect(over.unclear.map(({ what }) => what)).toEqual([
    "It is told as a new incident, although it may be “a” from before.",
  ]);
});
