import { describe, expect, test } from "vitest";
import { casesOf } from "#tests/soak.ts";
import { judge } from "./judge.ts";
import { hasLives, type Lives, readLives } from "./lives.ts";
import { relive } from "./relive.ts";

/** One life in our own words, for where no real ones are at hand. */
const OWN: Lives = {
  config:
    "title: Example Cloud\nbaseURL: https://status.example.com\nparams:\n  systems:\n    - name: API\n      category: All\n",
  versions: [
    version("2026-03-05T10:05Z", "false", "", "Sign-in fails for many customers."),
    version("2026-03-05T10:06Z", "false", "", "Sign-in fails for very many customers."),
    version(
      "2026-03-05T10:40Z",
      "false",
      "",
      '*Update* - A faulty release is being rolled back, region after region. {{< track "2026-03-05T10:35:00Z" >}}\n\nSign-in fails for very many customers.',
    ),
    version(
      "2026-03-05T11:30Z",
      "true",
      "2026-03-05T11:20:00Z",
      '*Update* - A faulty release is being rolled back, region after region. {{< track "2026-03-05T10:35:00Z" >}}\n\nSign-in fails for very many customers.',
    ),
  ],
};

function version(at: string, resolved: string, resolvedWhen: string, body: string) {
  const front = `title: Sign-in fails\ndate: 2026-03-05T10:00:00Z\nresolved: ${resolved}\nresolvedWhen: ${resolvedWhen}\nseverity: down\naffected: [API]\nsection: issue`;
  return { path: "content/issues/a.md", at: Date.parse(at), raw: `---\n${front}\n---\n${body}\n` };
}

const WHOSE = hasLives ? "our own and real ones" : "our own only: CANDOR_CORPORA names no real ones";

/** Those of real sites, the shortest first. */
const REAL = readLives().toSorted((a, b) => a.versions.length - b.versions.length);

describe.each(
  [OWN, ...casesOf("histories of real sites", REAL.slice(0, 1), REAL)].map((lives, index) => ({
    name: index === 0 ? "our own" : `real ${index}`,
    lives,
  })),
)(`lives, $name (${WHOSE})`, ({ lives }) => {
  const lived = relive(lives);
  const judged = judge(lived, 1);
  const notices = lived.flatMap(({ told, toldLater }) => [...told, ...toldLater]);
  const byEvent = Map.groupBy(notices, ({ event }) => event.id);
  const kindsOf = (pattern: RegExp) =>
    [...byEvent.values()].map((of) => of.filter(({ kind }) => pattern.test(kind)).length);

  test("nothing is told twice", () => {
    expect(new Set(notices.map(({ key }) => key)).size).toBe(notices.length);
    // What is told before the new, to those whom the event has come to concern, is said to be old.
    const texts = notices.flatMap(({ event, updates, toldBefore = 0 }) =>
      updates.slice(toldBefore).map(({ at, body }) => JSON.stringify([event.id, at, body])),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("every beginning is told at most once, and no end before it", () => {
    expect(Math.max(...kindsOf(/opened|maintenance_scheduled/))).toBeLessThanOrEqual(1);
    for (const of of byEvent.values()) {
      expect(of.findIndex(({ kind }) => kind === "incident_opened")).toBeLessThanOrEqual(0);
    }
  });

  test("nobody is told of a mere rewording, of a state that was only set back, or of something old", () => {
    const quiet = judged.filter(({ happened }) => happened === "rewording" || happened === "something old");
    expect(quiet.filter(({ heard }) => heard.some((kind) => !kind.endsWith("in time")))).toEqual([]);
  });

  test("what a careful person would tell is told, but for few cases in doubt", () => {
    const clear = judged.filter(({ happened }) => /beginning|update|end/.test(happened));
    const missed = clear.filter(({ doubt }) => doubt?.includes("not told") && !doubt.includes("without a label"));
    expect(missed.length).toBeLessThanOrEqual(0.1 * clear.length);
  });
});

test("a small life is told as it is lived", () => {
  expect(judge(relive(OWN), 1)).toEqual([
    { life: 1, version: 1, happened: "a beginning", heard: ["incident_opened"] },
    { life: 1, version: 2, happened: "rewording", heard: [] },
    { life: 1, version: 3, happened: "an update", heard: ["incident_updated"] },
    { life: 1, version: 4, happened: "an end", heard: ["incident_resolved"] },
  ]);
});
