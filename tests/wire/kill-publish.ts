import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { publishedIn } from "#lib/publishing/published.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { incident, put, SITE } from "./content-folder.ts";
import { noisePng } from "./noise.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** How many of the killed processes left what was published before, and how many what they were publishing. */
export interface Kills {
  old: number;
  new: number;
}

/**
 * Runs `candor publish` again and again as a process of its own, each time with another title and another picture, and
 * kills it at a random moment after it has begun to publish. After each the store must open clean and hold the old
 * publication or the new one, whole.
 * @throws when it does not
 */
export async function killPublishing(environment: Environment, times: number): Promise<Kills> {
  put(environment.content, "site.yaml", SITE);
  write(environment, 0);
  const began = performance.now();
  await ended(run(environment));
  const whole = performance.now() - began;
  const kills: Kills = { old: 0, new: 0 };
  let shown = await titleShown(environment);
  for (let round = 1; round <= times; round += 1) {
    write(environment, round);
    const child = run(environment);
    const end = ended(child);
    await Promise.race([end, new Promise<void>((done) => child.stdout?.once("data", () => done()))]);
    // What is left to do after the first line is the transaction and the end of the process.
    await sleep(Math.random() * Math.min(60, whole / 6));
    child.kill("SIGKILL");
    await end;
    const title = await titleShown(environment);
    if (title !== shown && title !== `Round ${round}`) throw new Error(`After round ${round}, “${title}” is shown`);
    kills[title === shown ? "old" : "new"] += 1;
    shown = title;
  }
  return kills;
}

function write({ content }: Environment, round: number): void {
  put(content, "noise.png", noisePng(1_500_000));
  put(content, "a.md", incident(`Round ${round}`, "", "![noise](noise.png)\n"));
}

/** The title that is published, once everything that belongs to it has been looked at. */
async function titleShown(environment: Environment): Promise<string> {
  await using database = await openDatabase(databaseOf(environment));
  if (database.kind === "sqlite") {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(database.query);
    if (rows[0]?.integrity_check !== "ok") throw new Error(`The file is broken: ${JSON.stringify(rows)}`);
  }
  const store = openSnapshots(database);
  const published = await publishedIn(store);
  const hash = createHash("sha256").update(JSON.stringify(published?.content)).digest("hex");
  if (hash !== published?.snapshot.version) throw new Error("What is published is not what was to be");
  const image = await store.image(published.content.images[0]?.url.split("/")[2] ?? "");
  if (!image) throw new Error("The picture of what is published is missing");
  const sum = createHash("sha256").update(image.bytes).digest("hex");
  if (!sum.startsWith(image.hash)) throw new Error("The picture of what is published is not whole");
  return published.content.entries[0]?.title ?? "";
}

function run({ content, data, databaseUrl }: Environment): ChildProcess {
  const words = ["--disable-warning=ExperimentalWarning", join(ROOT, "bin/candor.ts"), "publish"];
  return spawn(process.execPath, words, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CANDOR_CONTENT: content, CANDOR_DATA: data, DATABASE_URL: databaseUrl ?? "" },
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => child.once("exit", () => done()));
}
