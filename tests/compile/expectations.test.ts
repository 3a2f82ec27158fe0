import { expect, test } from "vitest";
import { expectationsInWords } from "#lib/calendar/expectations.ts";
import { standardPayload } from "#lib/delivery/channels/webhook/standard.ts";
import { statuspagePayload } from "#lib/delivery/channels/webhook/statuspage.ts";
import { webpush } from "#lib/delivery/channels/webpush.ts";
import { inWords } from "#lib/delivery/channels/words.ts";
import { overdueUpdates } from "#lib/operation/troubles/overdue-updates.ts";
import { documentOf } from "#lib/site/api/document.ts";
import { incidentOf as apiIncident } from "#lib/site/api/incidents.ts";
import { siteFeed } from "#lib/site/views/feed.ts";
import { boardScreen } from "#lib/site/views/wallboard.ts";
import { noticeOf } from "#tests/channels/notice.ts";
import { CONFIG, incidentOf, siteOf } from "./site-of.ts";

const update = (at: string, status: string, next?: string) =>
  `  - { at: ${at}, status: ${status}, body: Words.${next ? `, next_update: ${next}` : ""} }`;
const incident = (now: string, front: string, ...list: string[]) =>
  incidentOf(`${front}updates:\n${list.join("\n")}`, now);
const nextOf = (now: string, front: string, ...list: string[]) => {
  const { nextUpdate } = incident(now, front, ...list);
  return nextUpdate && new Date(nextUpdate.at).toISOString().slice(11, 16);
};

const FIRST = "2026-03-10T10:00Z";
const NOW = "2026-03-10T10:20Z";

test.each([
  ["a time on the update", "", [update(FIRST, "investigating", "2026-03-10T10:45Z")], "10:45"],
  ["a length of time counts from the update", "", [update(FIRST, "investigating", "30m")], "10:30"],
  ["a time of the file", "next_update: 2026-03-10T10:40Z\n", [update(FIRST, "investigating")], "10:40"],
  [
    "a length of time of the file counts from the newest update",
    "next_update: 1h\n",
    [update(FIRST, "investigating"), update("2026-03-10T10:10Z", "update")],
    "11:10",
  ],
  [
    "a new update takes the place of what was promised",
    "",
    [update(FIRST, "investigating", "30m"), update("2026-03-10T10:10Z", "update")],
    undefined,
  ],
  [
    "a new update may promise anew",
    "",
    [update(FIRST, "investigating", "30m"), update("2026-03-10T10:10Z", "update", "2h")],
    "12:10",
  ],
  [
    "an update's own word goes before the file's",
    "next_update: 2h\n",
    [update(FIRST, "investigating", "30m")],
    "10:30",
  ],
  [
    "an update that reaches the file's time keeps the promise",
    "next_update: 2026-03-10T10:10Z\n",
    [update("2026-03-10T10:10Z", "investigating")],
    undefined,
  ],
  [
    "of what is over nothing is promised",
    "next_update: 2h\n",
    [update(FIRST, "investigating", "30m"), update("2026-03-10T10:10Z", "resolved")],
    undefined,
  ],
  [
    "what is written ahead is not said yet",
    "",
    [update(FIRST, "investigating", "30m"), update("2026-03-10T10:40Z", "update", "2h")],
    "10:30",
  ],
])("the next update: %s", (_, front, list, expected) => {
  expect(nextOf(NOW, front, ...list)).toBe(expected);
});

const FRONT = `expected_end: 2026-03-10T12:00Z\nupdates:\n${update(FIRST, "investigating", "45m")}\n${update("2026-03-10T10:05Z", "identified", "2026-03-10T18:30+01:00")}`;
const SAID = "Next update by 17:30 UTC. Estimated end: 12:00 UTC.";

test("every view of a Site says what is to be expected, and calls an estimate one", () => {
  const site = siteOf({ it: FRONT }, NOW);
  const [it] = site.incidents;
  if (!it) throw new Error("There is no incident.");
  expect(expectationsInWords(it, CONFIG, site.now)).toBe(SAID);
  const [newest, first] = apiIncident(it, site).incident_updates;
  expect([newest?.body, first?.body]).toEqual([`Words.\n\n${SAID}`, "Words.\n\nNext update by 10:45 UTC."]);
  expect(documentOf(it, site)).toMatchObject({
    next_update: "2026-03-10T18:30+01:00",
    expected_end: "2026-03-10T12:00Z",
    updates: [{ next_update: "2026-03-10T10:45Z" }, { next_update: "2026-03-10T18:30+01:00" }],
  });
  expect(siteFeed(site).entries[0]?.html).toContain(`<p>${SAID}</p>`);
  const board = boardScreen(site, []).replace(/<[^>]+>/g, "");
  expect(board).toContain("10:05 UTCNext update by 18:30 UTC+01:00 · Estimated end: 12:00 UTC");
});

test("what was promised and has not come is told as that, and to the operator", () => {
  const site = siteOf({ it: FRONT }, "2026-03-10T17:31Z");
  expect(expectationsInWords(site.incidents[0] ?? {}, CONFIG, site.now)).toBe(
    "The next update was due by 17:30 UTC. The estimated end, 12:00 UTC, has passed.",
  );
  expect(overdueUpdates(site, site.now)).toEqual([
    {
      key: expect.stringMatching(/^overdue-update:/),
      count: 0,
      message:
        "The next update of “it” was due by March 10, 2026 at 17:30 UTC, and none is published. Say how it stands, even if nothing is new: “candor update it --next 30m”, then “candor publish”.",
    },
  ]);
  expect(overdueUpdates(siteOf({ it: FRONT }, NOW), Date.parse(NOW))).toEqual([]);
  // A Site is good until then, and no longer.
  expect(siteOf({ it: FRONT }, "2026-03-10T17:29:30Z").validUntil).toBe(Date.parse("2026-03-10T17:30Z"));
});

test("messages say it in their first words, whatever the channel cuts off", () => {
  const notice = noticeOf("incident_updated");
  const at = (text: string) => ({
    kind: "instant" as const,
    at: Date.parse(text),
    offset: 120,
    precision: "minute" as const,
    approximate: false,
  });
  const expecting = {
    ...notice,
    updates: [{ id: "u1", at: at("2017-08-23T09:11Z"), status: "identified" as const, body: "long ".repeat(200) }],
    event: { ...notice.event, nextUpdate: at("2017-08-23T10:00Z"), expectedEnd: at("2017-08-24T10:00Z") },
  };
  const words = "Next update by 12:00 CEST (UTC+02:00). Estimated end: 24 August 2017 at 12:00 CEST (UTC+02:00).";
  expect(inWords(expecting).lead).toContain(words);
  expect(JSON.parse(webpush.render(expecting).body).payload.body).toMatch(
    /^long .*… Next update by .*Estimated end: .*\.$/,
  );
  expect(standardPayload(expecting)).toMatchObject({
    data: { incident: { next_update: "2017-08-23T12:00+02:00", expected_end: "2017-08-24T12:00+02:00" } },
  });
  expect(JSON.stringify(statuspagePayload(expecting))).toContain("\\n\\nNext update by 12:00 CEST.");
});
