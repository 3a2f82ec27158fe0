import { expect, test } from "vitest";
import { verify } from "#lib/delivery/ledger.ts";
import { correct } from "#lib/publishing/correct.ts";
import { openDatabase } from "#lib/store/database.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { readLedger } from "#lib/store/ledger.ts";
import { newLocation, storesOf } from "#tests/databases.ts";
import { said } from "#tests/notices/world.ts";
import { folderWith } from "#tests/wire/content-folder.ts";
import { states } from "./each-store.ts";
import { MailOffice, SECRET } from "./mail-office.ts";
import { openPost } from "./post.ts";
import { openReceivers } from "./receivers.ts";

/** A normal incident: a beginning, five updates, an end. */
const STORY = [
  "2026-03-05T10:00Z investigating Word-one begins it.",
  "2026-03-05T10:05Z identified Word-two names the cause.",
  "2026-03-05T10:12Z update Word-three tells more.",
  "2026-03-05T10:20Z update Word-four tells yet more.",
  "2026-03-05T10:40Z update Word-five goes on.",
  "2026-03-05T11:15Z monitoring Word-six watches.",
  "2026-03-05T11:50Z resolved Word-seven ends it.",
];
const WORDS = ["one", "two", "three", "four", "five", "six", "seven"];

const timeOf = (line: string) => line.slice(0, 17);
const clockOf = (at: string) => at.slice(11, 16);

/** Tells a story as it goes on, and delivers every five minutes. */
async function tell(world: MailOffice, story: readonly string[], until = story.length): Promise<void> {
  const [first, last] = [story[0], story[until - 1]].map((line) => Date.parse(timeOf(line ?? "")));
  for (let at = first ?? 0; at <= (last ?? 0); at += 60_000) {
    const now = new Date(at).toISOString();
    const lines = story.filter((line) => Date.parse(timeOf(line)) <= at);
    if (story.some((line) => Date.parse(timeOf(line)) === at)) await world.publish({ a: said(...lines) }, now);
    else if (at % 300_000 === 0) await world.deliver(now);
  }
}

/** Times of what somebody got, with the words of the story that are in each. */
function heard(world: MailOffice, address: string): string[] {
  return world.gotBy(address).map(({ at, text }) => {
    const words = WORDS.filter((word) => text.includes(`Word-${word} `));
    return `${clockOf(at)} ${words.join(" ")}`;
  });
}

for (const kind of storesOf("when a message leaves", 11)) {
  const onStore = (name: string, run: (world: MailOffice) => Promise<void>) =>
    test(`${name} (${kind})`, async () => {
      await using receivers = await openReceivers();
      await using post = openPost(receivers);
      await using database = await openDatabase(await newLocation(kind));
      const world = await MailOffice.open(database, post);
      await run(world);
      expect(await verify(database)).toEqual([]);
    });

  onStore("a normal incident is seven mails, two for who wants its begin and end, five at a pace", async (world) => {
    await world.subscribe("all@example.org");
    await world.subscribe("ends@example.org", { isEndsOnly: true });
    await world.subscribe("pace@example.org", { everyMinutes: 30 });
    await tell(world, STORY);
    expect(heard(world, "all@example.org")).toEqual(
      STORY.map((line, index) => `${clockOf(timeOf(line))} ${WORDS[index]}`),
    );
    expect(heard(world, "ends@example.org")).toEqual(["10:00 one", "11:50 seven"]);
    expect(heard(world, "pace@example.org")).toEqual([
      "10:00 one",
      "10:30 two three four",
      "11:00 five",
      "11:30 six",
      "11:50 seven",
    ]);
    expect(await states(world.office)).toEqual({ accepted: 14, folded: 2 });
    const folded: unknown[] = [];
    for await (const { data, kind: what } of readLedger(world.office.database)) {
      if (what === "folded") folded.push(data["carriedBy"]);
    }
    const details = await world.office.database.query
      .selectFrom("delivery")
      .select(["detail", "carried_by"])
      .where("state", "=", "folded")
      .execute();
    for (const { carried_by, detail } of details) expect(detail).toBe(`Told by the message of notice ${carried_by}.`);
    // The second is told by the third's message, and both by the fourth's.
    expect(folded).toHaveLength(3);
  });

  onStore("in quiet hours what is not critical waits, and leaves as one; what is critical does not", async (world) => {
    const quiet = { from: 22 * 60, to: 7 * 60 };
    await world.subscribe("night@example.org", { quiet, zone: "America/New_York" });
    // 10:00 UTC is 05:00 in New York; quiet until 07:00, 12:00 UTC.
    await tell(world, STORY.slice(0, 4));
    expect(heard(world, "night@example.org")).toEqual([]);
    await world.deliver("2026-03-05T11:59Z");
    expect(heard(world, "night@example.org")).toEqual([]);
    await world.deliver("2026-03-05T12:00Z");
    expect(heard(world, "night@example.org")).toEqual(["12:00 one two three four"]);
    expect(world.got[0]?.text).toContain("New incident");
    expect(world.got[0]?.text).toContain("05:00 EST (UTC-05:00)");
    const critical = said("2026-03-06T10:00Z investigating Word-five is bad.").replace("major", "critical");
    await world.publish({ a: said(...STORY.slice(0, 4)), b: critical }, "2026-03-06T10:00Z");
    expect(heard(world, "night@example.org")).toEqual(["12:00 one two three four", "10:00 five"]);
  });

  onStore("what was put off keeps to quiet hours when it is released in the middle of them", async (world) => {
    await world.subscribe("night@example.org", { quiet: { from: 13 * 60, to: 14 * 60 } });
    const scope = { why: "to look at it", by: "tester", at: 0 };
    await halt(world.office.database, { ...scope, scope: "all" });
    await world.publish({ a: said(...STORY.slice(0, 1)) }, "2026-03-05T10:00Z");
    await lift(world.office.database, { by: "tester", at: 1 });
    await world.deliver("2026-03-05T13:10Z");
    expect(world.got).toEqual([]);
    await world.deliver("2026-03-05T14:00Z");
    expect(heard(world, "night@example.org")).toEqual(["14:00 one"]);
  });

  onStore("those who wait keep nobody waiting: the waves go on without them", async (world) => {
    const quiet = { from: 0, to: 12 * 60 };
    for (let index = 0; index < 60; index += 1) {
      await world.subscribe(`ok-${index}@example.org`, index % 2 === 0 ? { quiet, zone: "UTC" } : {});
    }
    await world.publish({ a: said(...STORY.slice(0, 1)) }, "2026-03-05T10:00Z");
    for (let minute = 1; minute < 9; minute += 1) await world.deliver(`2026-03-05T10:0${minute}Z`);
    expect(world.got.length).toBe(30);
    await world.deliver("2026-03-05T12:00Z");
    expect(new Set(world.got.map(({ to }) => to)).size).toBe(60);
  });

  onStore("a halt of a notice holds the message that would have told it as well", async (world) => {
    await world.subscribe("pace@example.org", { everyMinutes: 30 });
    await tell(world, STORY, 2);
    const [second] = await world.office.publish({ a: said(...STORY.slice(0, 3)) }, timeOf(STORY[2] ?? ""));
    const rows = await world.office.database.query
      .selectFrom("delivery")
      .select(["notice", "state", "carried_by"])
      .where("state", "=", "folded")
      .execute();
    expect(rows.map(({ carried_by }) => carried_by)).toEqual([second?.notice.id]);
    await halt(world.office.database, { scope: `notice:${rows[0]?.notice}`, why: "wrong?", by: "tester", at: 0 });
    await world.deliver("2026-03-05T10:35Z");
    expect(heard(world, "pace@example.org")).toEqual(["10:00 one"]);
    await lift(world.office.database, { by: "tester", at: 1 });
    await world.deliver("2026-03-05T10:40Z");
    expect(heard(world, "pace@example.org")).toEqual(["10:00 one", "10:40 two three"]);
  });

  onStore(
    "a correction takes wrong words out of what waits, and reaches whom they reached along with others",
    async (world) => {
      await world.subscribe("pace@example.org", { everyMinutes: 30 });
      await world.subscribe("slow@example.org", { everyMinutes: 60 });
      const told: string[] = [];
      for (const [index, line] of STORY.slice(0, 4).entries()) {
        const files = { a: said(...STORY.slice(0, index + 1)) };
        for (const { notice } of await world.publish(files, timeOf(line))) told.push(notice.id);
      }
      await world.deliver("2026-03-05T10:30Z");
      expect(heard(world, "pace@example.org")).toEqual(["10:00 one", "10:30 two three four"]);
      const environment = { port: 0, host: "127.0.0.1", secret: SECRET, content: folderWith({}), data: folderWith({}) };
      const message = "The cause is another one.";
      const at = Date.parse("2026-03-05T10:35Z");
      // The second notice is told in the message of the fourth, to one who has it and to one who waits for it.
      await correct(world.office.database, environment, { notice: told[1] ?? "", message, by: "tester", at });
      await world.deliver("2026-03-05T10:36Z");
      expect(world.gotBy("pace@example.org").at(-1)?.mail.subject).toContain("Correction");
      expect(world.gotBy("pace@example.org").at(-1)?.mail.inReplyTo).toBe(
        world.gotBy("pace@example.org").at(-2)?.mail.messageId,
      );
      await world.deliver("2026-03-05T11:00Z");
      expect(heard(world, "slow@example.org")).toEqual(["10:00 one", "11:00 three four"]);
      expect(heard(world, "pace@example.org")).toHaveLength(3);
    },
  );

  onStore("taken back, a message lets go of what it would have told besides", async (world) => {
    const id = await world.subscribe("pace@example.org", { everyMinutes: 30 });
    await tell(world, STORY, 3);
    // What waits is an update of an incident; its owner asks for beginnings and ends alone, and again for everything.
    await world.office.subscriptions.end(id, "left", 1);
    await world.deliver("2026-03-05T10:31Z");
    await world.deliver("2026-03-05T10:32Z");
    expect(heard(world, "pace@example.org")).toEqual(["10:00 one"]);
    expect(await states(world.office)).toEqual({ accepted: 1, withdrawn: 2 });
  });

  onStore("corrected itself, a message lets go of what it would have told besides, and that is told", async (world) => {
    await world.subscribe("pace@example.org", { everyMinutes: 30 });
    const told: string[] = [];
    for (const [index, line] of STORY.slice(0, 4).entries()) {
      for (const { notice } of await world.publish({ a: said(...STORY.slice(0, index + 1)) }, timeOf(line))) {
        told.push(notice.id);
      }
    }
    const environment = { port: 0, host: "127.0.0.1", secret: SECRET, content: folderWith({}), data: folderWith({}) };
    const at = Date.parse("2026-03-05T10:25Z");
    await correct(world.office.database, environment, { notice: told[3] ?? "", message: "No.", by: "tester", at });
    await world.deliver("2026-03-05T10:30Z");
    expect(heard(world, "pace@example.org")).toEqual(["10:00 one", "10:30 two three"]);
  });

  onStore(
    "put off by its mail server, a message stays as it was put together, and what is new comes apart",
    async (world) => {
      await world.subscribe("later-night@example.org", { quiet: { from: 0, to: 12 * 60 }, zone: "UTC" });
      await tell(world, STORY.slice(0, 4));
      expect(await world.deliver("2026-03-05T12:00Z")).toEqual([]);
      await world.publish({ a: said(...STORY.slice(0, 5)) }, "2026-03-05T12:00:30Z");
      await world.deliver("2026-03-05T12:03Z");
      expect(heard(world, "later-night@example.org")).toEqual(["12:00 five", "12:03 one two three four"]);
    },
  );

  onStore("a week of maintenance is one mail, of what is still ahead", async (world) => {
    await world.subscribe("all@example.org");
    await world.subscribe("week@example.org", { isWeekly: true, zone: "Asia/Tokyo" });
    const work = (start: string, ...updates: string[]) =>
      `scheduled: { start: ${start}, end: ${start.replace("T10:", "T12:")} }\n${said(...updates).replace("impact: major\n", "")}`;
    const far = work("2026-03-11T10:00Z", "2026-03-03T09:00Z scheduled Word-one is far off.");
    const near = work("2026-03-06T10:00Z", "2026-03-03T08:59Z scheduled Word-two is near.");
    const other = work("2026-03-12T10:00Z", "2026-03-03T09:00Z scheduled Word-three moves.");
    const early = work("2026-03-13T10:00Z", "2026-03-03T09:00Z scheduled Word-four is done early.");
    await world.publish({ near }, "2026-03-03T08:59Z");
    await world.publish({ far, near, other, early }, "2026-03-03T09:00Z");
    expect(heard(world, "week@example.org")).toEqual(["08:59 two"]);
    const moved = other.replaceAll("2026-03-12", "2026-03-14");
    await world.publish({ far, near, other: moved, early }, "2026-03-04T08:00Z");
    // Monday at eight in Tokyo.
    await world.deliver("2026-03-08T22:59Z");
    expect(heard(world, "week@example.org")).toEqual(["08:59 two"]);
    await world.deliver("2026-03-08T23:00Z");
    expect(heard(world, "week@example.org")).toEqual(["08:59 two", "23:00 one three four"]);
    const [, mail] = world.gotBy("week@example.org");
    expect(mail?.mail.subject).toBe("[Example Cloud] Planned maintenance");
    expect(mail?.text).toContain("from March 14, 2026 at 19:00 to 21:00 UTC+09:00");
    expect(mail?.text).toContain("Maintenance moved");
    expect(await states(world.office)).not.toHaveProperty("queued");
  });

  onStore("a message of the week stays one when a part of it begins early or is taken back", async (world) => {
    await world.subscribe("week@example.org", { isWeekly: true, zone: "Asia/Tokyo" });
    await world.subscribe("other@example.org", { isWeekly: true, zone: "UTC" });
    const work = (day: string, ...updates: string[]) =>
      `scheduled: { start: 2026-03-${day}T10:00Z, end: 2026-03-${day}T12:00Z }\n${said(...updates).replace("impact: major\n", "")}`;
    const planned = (day: string, word: string) => work(day, `2026-03-03T09:00Z scheduled Word-${word} is planned.`);
    const files = {
      a: planned("11", "one"),
      b: planned("12", "two"),
      c: planned("13", "three"),
      d: planned("14", "four"),
      e: planned("15", "five"),
    };
    const told = await world.publish(files, "2026-03-03T09:00Z");
    const begun = "2026-03-04T08:00Z in_progress Word-seven begins early.";
    // The one that tells the others, and one that is told.
    const early = (day: string, word: string) =>
      work(day, `2026-03-03T09:00Z scheduled Word-${word} is planned.`, begun);
    await world.publish({ ...files, b: early("12", "two") }, "2026-03-04T08:00Z");
    await world.publish({ ...files, b: early("12", "two"), e: early("15", "five") }, "2026-03-04T08:01Z");
    // Each of the two waits for one message, before anything else puts it together.
    expect(await states(world.office)).toMatchObject({ queued: 2, folded: 4 });
    const environment = { port: 0, host: "127.0.0.1", secret: SECRET, content: folderWith({}), data: folderWith({}) };
    const wrong = told.find(({ notice }) => notice.event.slug === "d")?.notice.id ?? "";
    const at = Date.parse("2026-03-05T08:00Z");
    await correct(world.office.database, environment, { notice: wrong, message: "No.", by: "tester", at });
    expect(await world.deliver("2026-03-08T22:59Z")).toEqual([]);
    await world.deliver("2026-03-08T23:00Z");
    await world.deliver("2026-03-09T08:00Z");
    expect(heard(world, "week@example.org")).toEqual(["23:00 one three"]);
    expect(heard(world, "other@example.org")).toEqual(["08:00 one three"]);
    expect(world.gotBy("week@example.org")[0]?.mail.subject).toBe("[Example Cloud] Planned maintenance");
    expect(await states(world.office)).not.toHaveProperty("queued");
  });

  onStore("a message of the week that comes too late tells nothing of what is over", async (world) => {
    await world.subscribe("week@example.org", { isWeekly: true, zone: "UTC" });
    const work = (start: string, words: string) =>
      `scheduled: { start: ${start}, end: ${start.replace("T10:", "T12:")} }\n${said(`2026-03-03T09:00Z scheduled ${words}`).replace("impact: major\n", "")}`;
    await world.publish(
      { a: work("2026-03-10T10:00Z", "Word-one is soon."), b: work("2026-03-20T10:00Z", "Word-two is later.") },
      "2026-03-03T09:00Z",
    );
    await world.deliver("2026-03-11T09:00Z");
    await world.deliver("2026-03-11T09:01Z");
    expect(world.got.map(({ text }) => [text.includes("Word-one"), text.includes("Word-two")])).toEqual([
      [false, true],
    ]);
  });
}
