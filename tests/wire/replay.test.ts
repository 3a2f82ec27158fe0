import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importCstate } from "#lib/content/import/cstate.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import { backUp, restore } from "#lib/operation/backup.ts";
import { publish } from "#lib/publishing/publish.ts";
import { rollBack } from "#lib/publishing/rollback.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { newLocation, type STORES, storesOf } from "../databases.ts";
import { file } from "../import/sites.ts";
import { countOf } from "../soak.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { git } from "./office.ts";
import { type ReplayWorld, replayWorld } from "./replay-world.ts";

const OLD = countOf("old incidents moved in", 250, 1_000);
const HOUR = 3_600_000;
const NOW = Date.parse("2026-11-22T12:00:00Z");

const FILES = {
  "2026/labels-fail.md": `---
title: Labels fail to print
components: { api: major_outage }
updates:
  - at: 2026-11-22T10:00Z
    status: investigating
    body: Labels **fail** to print at every counter.
  - at: 2026-11-22T11:00Z
    status: identified
    body: A worn certificate is being *renewed*.
---
`,
  "2026/tracking-late.md": `---
title: Tracking is late
components: { api: degraded_performance }
updates:
  - at: 2026-11-22T04:00Z
    status: investigating
    body: Parcels show up an hour late.
  - at: 2026-11-22T06:00Z
    status: resolved
    body: Parcels show up in time again.
---
The queue had *stopped* at midnight.
`,
  "2026/new-disks.md": `---
title: New disks
components: [api]
scheduled: { start: 2026-11-25T10:00Z, end: 2026-11-25T12:00Z }
updates:
  - at: 2026-11-22T09:00Z
    status: scheduled
    body: We replace the disks, one after the other.
---
`,
};

const UPDATE = `  - at: 2026-11-22T11:50Z
    status: monitoring
    body: The certificate is renewed and counters print again.
---
`;

interface Replay {
  readonly environment: Environment;
  readonly world: ReplayWorld;
}

/** A site whose news has been told to a subscriber on every channel, and nothing is left to be told. */
async function told(kind: (typeof STORES)[number]): Promise<Replay> {
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    secret: "a secret of sixteen or more",
    content: folderWith({ "site.yaml": SITE }),
    data: folderWith({}),
    channels: { allowPrivateTargets: true },
    ...(kind === "postgres" ? { databaseUrl: await newLocation(kind) } : {}),
  };
  await publish(environment, { now: NOW - HOUR });
  const world = await replayWorld(environment, NOW - HOUR);
  for (const [path, text] of Object.entries(FILES)) put(environment.content, path, text);
  await publish(environment, { now: NOW });
  // Opened, resolved, scheduled, and a report.
  expect(await world.deliver(NOW)).toEqual(onEveryChannel(4));
  return { environment, world };
}

function onEveryChannel(count: number) {
  return Object.fromEntries(CHANNELS.map((channel) => [channel, count]));
}

/** Publishes, delivers, and finds that nothing was sent; of what is asked about, after a restoration, as was decided. */
async function silent(
  { environment, world }: Replay,
  what: string,
  now = NOW + 60_000,
  decided: { readonly decision?: readonly string[] } = {},
): Promise<void> {
  const { problems } = await publish(environment, { now, despiteErrors: true, ...decided });
  // With a clock that is wrong, times lie in the future: whoever insists leaves those files out.
  const errors = problems.filter(({ rule, severity }) => severity === "error" && rule !== "future-time");
  expect(errors, what).toEqual([]);
  expect(await world.deliver(now), what).toEqual({});
}

/** Whatever happened before: a real new update is sent, once. */
async function sendsNew({ environment, world }: Replay, now = NOW + 120_000): Promise<void> {
  const path = paths(environment.content).find((name) => read(environment, name).includes("Labels fail")) ?? "";
  put(
    environment.content,
    path,
    read(environment, path)
      .replace(/\r\n/g, "\n")
      .replace(/---\n$/, UPDATE),
  );
  await publish(environment, { now });
  expect(await world.deliver(now)).toEqual(onEveryChannel(1));
  await publish(environment, { now: now + 1 });
  expect(await world.deliver(now + 1)).toEqual({});
}

function paths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
}

function read({ content }: Environment, path: string): string {
  return readFileSync(join(content, path), "utf8");
}

/** Writes every incident file anew. */
function rewrite(environment: Environment, how: (text: string) => string): void {
  for (const path of paths(environment.content)) put(environment.content, path, how(read(environment, path)));
}

const later = (text: string) =>
  text.replace(/T(\d\d):/g, (_, hour) => `T${String(Number(hour) + 1).padStart(2, "0")}:`);

const reformatted = (text: string) =>
  text
    .replace(/^title: (.*)$/m, 'title: "$1"')
    .replace(
      /^(\s+- )at: (.*)\n(\s+)status: (.*)\n\s+body: (.*)$/gm,
      "$1body: |-\n$3  $5\n$3status: '$4'\n$3at: \"$2\"",
    )
    .replaceAll("*", "_")
    .replaceAll("\n", "\r\n");

const reworded = (text: string) =>
  text
    .replace("at every counter", "at nearly every counter")
    .replace("A worn certificate", "An old certificate")
    .replace("an hour late", "about an hour late")
    .replace("in time again", "in time once more")
    .replace("one after the other", "one by one")
    .replace("had _stopped_", "stood _still_");

test.each(storesOf("files rewritten", 1))(
  "on %s nothing is sent again however files are rewritten, and a new update is, once",
  async (kind) => {
    const replay = await told(kind);
    const { environment } = replay;
    const { content } = environment;
    for (const path of paths(content)) {
      mkdirSync(join(content, "moved"), { recursive: true });
      renameSync(join(content, path), join(content, "moved", path.replace("2026/", "renamed-")));
    }
    await silent(replay, "every file renamed");
    rewrite(environment, reformatted);
    await silent(replay, "every file reformatted");
    rewrite(environment, reworded);
    await silent(replay, "every update reworded");
    rewrite(environment, later);
    await silent(replay, "every time moved by an hour");
    for (const [path, text] of Object.entries(FILES)) put(content, path, text);
    rmSync(join(content, "moved"), { recursive: true });
    await silent(replay, "everything put back");
    const old = importCstate(Array.from({ length: OLD }, (_, number) => oldPage(number)));
    for (const { path, text } of old.files) if (path.endsWith(".md")) writeInto(content, path, text);
    await silent(replay, `${OLD} old incidents moved in`);
    rmSync(join(content, "2019"), { recursive: true });
    await sendsNew(replay);
  },
);

function oldPage(number: number) {
  const day = `2019-${String(1 + (number % 12)).padStart(2, "0")}-${String(1 + (number % 28)).padStart(2, "0")}`;
  const front = `title: Old trouble ${number}\ndate: ${day} 10:00:00\nresolved: ${number % 50 > 0}\nresolvedWhen: ${day} 11:00:00\nseverity: down\naffected: [API]\nsection: issue`;
  return file(`content/issues/${day}-trouble-${number}.md`, `---\n${front}\n---\nTrouble ${number} came and went.\n`);
}

function writeInto(folder: string, path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test.each(storesOf("a roll back", 1))(
  "on %s nothing is sent again by a roll back, a new history or a clock that goes wrong",
  async (kind) => {
    const replay = await told(kind);
    const { environment, world } = replay;
    await rollBack(environment, undefined, { now: NOW + 1_000 });
    expect(await world.deliver(NOW + 1_000), "rolled back").toEqual({});
    await silent(replay, "published again after a roll back", NOW + 2_000);
    git(environment.content, "init", "-q");
    git(environment.content, "add", "-A");
    git(environment.content, "commit", "-qm", "One");
    await silent(replay, "in git", NOW + 3_000);
    git(environment.content, "checkout", "-q", "--orphan", "new");
    git(environment.content, "commit", "-qm", "Another beginning", "--date", "2020-01-01T00:00Z");
    await silent(replay, "another history", NOW + 4_000);
    for (const [what, now] of [
      ["back", -6 * HOUR],
      ["far back", -400 * 24 * HOUR],
      ["forth", 30_000],
    ] as const) {
      put(environment.content, "2026/tracking-late.md", `${FILES["2026/tracking-late.md"]}\nIt was ${what}.\n`);
      await silent(replay, `the clock set ${what}`, NOW + now);
    }
    await sendsNew(replay);
  },
);

test.each(storesOf("an old backup", 1))(
  "on %s nothing is sent again after an old backup was restored",
  async (kind) => {
    const replay = await told(kind);
    const { environment, world } = replay;
    await publish(environment, { now: NOW });
    put(environment.content, "2026/third.md", FILES["2026/labels-fail.md"].replace("Labels fail", "Scanners fail"));
    await publish(environment, { now: NOW + 1_000 });
    // With four deliveries sealed and not yet sent, which are sent after it.
    const backup = await backUp(environment, NOW + 1_000);
    expect(await world.deliver(NOW + 1_000)).toEqual(onEveryChannel(1));
    put(environment.content, "2026/fourth.md", FILES["2026/labels-fail.md"].replace("Labels fail", "Scales fail"));
    await publish(environment, { now: NOW + 2_000 });
    expect(await world.deliver(NOW + 2_000)).toEqual(onEveryChannel(1));

    await restore(environment, backup, { now: NOW + 3_000, isForced: false });
    // Time alone brings a reminder, which is silent and does not end the silence.
    expect(await world.deliver(Date.parse("2026-11-24T10:00:00Z")), "restored").toEqual({});
    await rollBack(environment, undefined, { now: NOW + 3_500 });
    await silent(replay, "published after it", NOW + 4_000);
    await sendsNew(replay);

    await restore(environment, backup, { now: NOW + 200_000, isForced: false });
    await silent(replay, "published at once after it", NOW + 200_000);
  },
);

test("nothing is sent again after an old SQLite file was copied over the new one", async () => {
  const replay = await told("sqlite");
  const { environment, world } = replay;
  const database = join(environment.data, "candor.db");
  const copy = join(environment.data, "old.db");
  put(environment.content, "2026/third.md", FILES["2026/labels-fail.md"].replace("Labels fail", "Scanners fail"));
  await publish(environment, { now: NOW + 1_000 });
  copyFileSync(database, copy);
  expect(await world.deliver(NOW + 1_000)).toEqual(onEveryChannel(1));
  put(environment.content, "2026/fourth.md", FILES["2026/labels-fail.md"].replace("Labels fail", "Scales fail"));
  await publish(environment, { now: NOW + 2_000 });
  expect(await world.deliver(NOW + 2_000)).toEqual(onEveryChannel(1));
  const copyOver = () => {
    for (const suffix of ["-wal", "-shm"]) rmSync(database + suffix, { force: true });
    copyFileSync(copy, database);
  };
  copyOver();
  await silent(replay, "published before anything is delivered", NOW + 3_000, { decision: [] });
  copyOver();
  expect(await world.deliver(NOW + 4_000), "delivered before anything is published").toEqual({});
  await silent(replay, "published then", NOW + 4_000, { decision: [] });
  await sendsNew(replay);
});
