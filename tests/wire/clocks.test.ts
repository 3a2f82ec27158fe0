import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Environment } from "#lib/settings/environment.ts";
import { databaseOf } from "#lib/settings/environment.ts";
import { doubtOf } from "#lib/store/clock/doubt.ts";
import { openDatabase } from "#lib/store/database.ts";
import { newLocation } from "#tests/databases.ts";
import { HANGS } from "#tests/hang-guard.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

const HOUR = 3_600_000;
const DAYS = 72 * HOUR;

const iso = (at: number) => new Date(at).toISOString();
const incident = (at: number, title = "Labels fail") =>
  `---\ntitle: ${title}\nstarted: ${iso(at)}\nimpact: major\ncomponents: [api]\nupdates: [{ at: ${iso(at)}, status: investigating, body: ${title} again. }]\n---\n`;
const maintenance = (from: number, to: number) =>
  `---\ntitle: Move\nscheduled: { start: ${iso(from)}, end: ${iso(to)} }\ncomponents: [api]\nupdates: [{ at: ${iso(from - 48 * HOUR)}, status: scheduled, body: We move. }]\n---\n`;

/** Programs of their own, whose clock the test sets as it likes. */
function machine(more: Readonly<Record<string, string>> = {}) {
  const root = folderWith({ "content/site.yaml": SITE, skew: "0" });
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    content: join(root, "content"),
    data: join(root, "data"),
    ...(more["DATABASE_URL"] === undefined ? {} : { databaseUrl: more["DATABASE_URL"] }),
  };
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "test",
    PATH: process.env["PATH"],
    CANDOR_CONTENT: environment.content,
    CANDOR_DATA: environment.data,
    SKEW_FILE: join(root, "skew"),
    NODE_OPTIONS: `--import=${new URL("../isolation/skewed-clock.mjs", import.meta.url).href}`,
    ...more,
  };
  const mails = () => {
    try {
      const folder = join(environment.data, "mail");
      return readdirSync(folder)
        .filter((name) => name.endsWith(".eml"))
        .map((name) => /^Subject: (.*)/m.exec(readFileSync(join(folder, name), "utf8"))?.[1]?.trim() ?? "")
        .sort();
    } catch {
      return [];
    }
  };
  return {
    environment,
    mails,
    setClock: (ms: number) => put(root, "skew", String(ms)),
    async run(...args: readonly string[]) {
      const running = promisify(execFile)(process.execPath, ["bin/candor.ts", ...args], { env });
      return await running.then(
        ({ stdout }) => ({ code: 0, said: stdout }),
        (error: { code: number; stdout: string; stderr: string }) => ({
          code: error.code,
          said: error.stdout + error.stderr,
        }),
      );
    },
    deliver() {
      const child = spawn(process.execPath, ["bin/candor.ts", "deliver"], { env, stdio: ["ignore", "pipe", "pipe"] });
      const heard = { said: "" };
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (part: Buffer) => {
          heard.said += String(part);
        });
      }
      onTestFinished(async () => {
        const gone = new Promise((done) => child.once("exit", done));
        child.kill("SIGKILL");
        if (child.exitCode === null && child.signalCode === null) await gone;
      });
      return heard;
    },
  };
}

test("three days ahead nothing is told or swallowed, in a worker that runs and in a command, and all of it is told later", async () => {
  const now = Date.now();
  const { deliver, environment, mails, run, setClock } = machine();
  put(environment.content, "move.md", maintenance(now + 24 * HOUR, now + 26 * HOUR));
  expect(await run("publish", "--yes")).toMatchObject({ code: 0 });
  await subscribe(environment, ["ada@example.com"], now);
  const worker = deliver();
  await vi.waitFor(() => expect(worker.said).toContain("Delivery is up."), HANGS);

  setClock(DAYS);
  await vi.waitFor(
    () => expect(worker.said).toMatch(/The clock of this machine says .* it should be .*--clock-is-right/s),
    HANGS,
  );
  put(environment.content, "labels.md", incident(now));
  const refused = await run("publish", "--yes");
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining("Nothing was published.") });
  expect(refused.said).toMatch(/says .*, but by the time that has passed since it was last looked at it should be/);
  expect((await run("doctor")).said).toMatch(/fail {2}clock/);
  expect(mails()).toStrictEqual([]);

  setClock(0);
  await vi.waitFor(() => expect(worker.said).toMatch(/Over after .*: The clock of this machine says/), HANGS);
  expect(await run("publish", "--yes")).toMatchObject({ code: 0 });
  await vi.waitFor(() => expect(mails()).toHaveLength(1), HANGS);
  expect(mails()[0]).toContain("Labels fail");
  await using database = await openDatabase(databaseOf(environment));
  const kinds = await database.query.selectFrom("notice").select("kind").execute();
  expect(kinds).toEqual([{ kind: "incident_opened" }]);
});

test("with no program running a jump is noticed as well, and whoever says that the clock is right is believed", async () => {
  const now = Date.now();
  const { environment, run, setClock } = machine();
  expect(await run("publish", "--yes")).toMatchObject({ code: 0 });
  setClock(-DAYS);
  put(environment.content, "labels.md", incident(now - DAYS));
  expect(await run("publish", "--yes")).toMatchObject({ code: 1 });
  expect(await run("publish", "--dry-run")).toMatchObject({ code: 0 });
  expect(await run("publish", "--yes", "--clock-is-right")).toMatchObject({ code: 0 });
  put(environment.content, "more.md", incident(now - DAYS, "Parcels stand"));
  expect(await run("publish", "--yes")).toMatchObject({ code: 0 });
});

test("with a database that has a clock, that one decides, whatever this machine says", async () => {
  const now = Date.now();
  const { environment, run, setClock } = machine({ DATABASE_URL: await newLocation("postgres") });
  expect(await run("publish", "--yes")).toMatchObject({ code: 0 });
  await subscribe(environment, ["ada@example.com"], now);
  setClock(DAYS);
  put(environment.content, "move.md", maintenance(now + 24 * HOUR, now + 26 * HOUR));
  put(environment.content, "labels.md", incident(now));
  expect(await run("publish", "--yes")).toMatchObject({ code: 0 });
  await using database = await openDatabase(databaseOf(environment));
  const kinds = await database.query.selectFrom("notice").select("kind").orderBy("kind").execute();
  expect(kinds).toContainEqual({ kind: "incident_opened" });
  expect(kinds).not.toContainEqual({ kind: "maintenance_ended" });
  const { made_at: madeAt } = await database.query.selectFrom("notice").select("made_at").executeTakeFirstOrThrow();
  expect(madeAt).toBeLessThan(now + DAYS / 2);
});

test("sleep, a new start after a short while and clocks of several machines are no reason to doubt", () => {
  const at = Date.parse("2026-11-22T12:00:00Z");
  const kept = { at, upMs: HOUR, boot: "one" };
  const after = (ms: number, upMs: number, boot = "one") => ({ at: at + ms, upMs, boot });
  expect(doubtOf(after(9 * HOUR, 10 * HOUR), kept, at)).toBeUndefined();
  expect(doubtOf(after(9 * HOUR, 2 * HOUR), kept, at)?.likely).toBe(at + HOUR);
  expect(doubtOf(after(-HOUR, 2 * HOUR), kept, 0)?.likely).toBe(at + HOUR);
  expect(doubtOf(after(HOUR, 1, "two"), kept, at)).toBeUndefined();
  expect(doubtOf(after(25 * HOUR, 1, "two"), kept, at)).toBeDefined();
  expect(doubtOf(after(-HOUR, 1, "two"), kept, at)?.likely).toBe(at);
  expect(doubtOf(after(-HOUR, 1, "two"), { ...kept, wrongUntil: at }, at)).toBeUndefined();
  expect(doubtOf(after(-HOUR, 1), undefined, at)).toBeDefined();
  expect(doubtOf(after(-60_000, 1), undefined, at)).toBeUndefined();
  expect(doubtOf(after(99 * HOUR, 1), undefined, at)).toBeUndefined();
});
