import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { once } from "#lib/web/idempotency.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { folderWith, put } from "../wire/content-folder.ts";

const ASKED = { of: "anna", key: "one", request: "the same" };
const NOW = Date.parse("2026-11-22T10:00:00Z");
const HOUR = 3_600_000;
const module = (path: string) => JSON.stringify(new URL(`../../lib/${path}`, import.meta.url).href);

type Server = Awaited<ReturnType<typeof serverOn>>;

async function serverOn(location: string, files: Readonly<Record<string, string>> = {}) {
  return { location, database: await opened(location), data: folderWith(files) };
}

const ask = (server: Server, work: () => Promise<unknown> = () => Promise.resolve("done"), now = NOW, asked = ASKED) =>
  once(server, asked, now, work, (answer) => answer !== "refused");

/** Runs code in a process of its own, which has opened the server's database and has `once`. @returns how, with its arguments */
function apart({ location, data }: Server, code: string): readonly string[] {
  const text = `import { once } from ${module("web/idempotency.ts")};
    import { openDatabase } from ${module("store/database.ts")};
    const database = await openDatabase(${JSON.stringify(location)});
    const server = { database, data: ${JSON.stringify(data)} };
    const asked = ${JSON.stringify(ASKED)};
    ${code}`;
  return ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "--eval", text];
}

const env = { ...process.env, NODE_COMPILE_CACHE: undefined };

describe.each(STORES)("what is done once, on %s", (kind) => {
  test("is known to every server: the first answer is given again, and another request is refused", async () => {
    const location = await newLocation(kind);
    const [here, there] = [await serverOn(location), await serverOn(location)];
    const answer = { status: 201, body: "“ok”" };
    expect(await ask(here, () => Promise.resolve(answer))).toEqual({ kind: "done", answer, isReplay: false });
    expect(await ask(there)).toEqual({ kind: "done", answer, isReplay: true });
    expect(await ask(there, undefined, NOW, { ...ASKED, request: "another" })).toEqual({ kind: "other-request" });
    expect(await ask(there, undefined, NOW, { ...ASKED, of: "bo" })).toMatchObject({ isReplay: false });
  });

  test("is unknown at every server while it is worked on, and when it was cut off", async () => {
    const location = await newLocation(kind);
    const [here, there] = [await serverOn(location), await serverOn(location)];
    const seen: unknown[] = [];
    await ask(here, async () => seen.push(await ask(there)));
    expect(seen).toEqual([{ kind: "unknown" }]);
    const other = { ...ASKED, key: "two" };
    const failing = ask(here, () => Promise.reject(new Error("nobody knows how far it came")), NOW, other);
    await expect(failing).rejects.toThrow("nobody knows");
    expect(await ask(there, undefined, NOW, other)).toEqual({ kind: "unknown" });
  });

  test("is unknown when its process was killed in the middle", async () => {
    const server = await serverOn(await newLocation(kind));
    const killed = apart(
      server,
      `await once(server, asked, ${NOW}, () => process.kill(process.pid, "SIGKILL"), () => true);`,
    );
    expect(spawnSync(process.execPath, killed, { env }).signal).toBe("SIGKILL");
    expect(await ask(server)).toEqual({ kind: "unknown" });
    expect(await ask(server, undefined, NOW + 24 * HOUR + 1)).toMatchObject({ isReplay: false });
  });

  test("is done by one of two processes that claim the same keys at the same time", async () => {
    const server = await serverOn(await newLocation(kind));
    const code = `const done = [];
      for (let n = 0; n < 100; n += 1) {
        const { kind, isReplay } = await once(server, { ...asked, key: String(n) }, ${NOW}, async () => "done", () => true);
        if (kind === "done" && !isReplay) done.push(n);
      }
      console.log(JSON.stringify(done));
      await database.close();`;
    const run = () => promisify(execFile)(process.execPath, apart(server, code), { env });
    const done = (await Promise.all([run(), run()])).flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  test("may be done again when nothing was done, or after a day", async () => {
    const server = await serverOn(await newLocation(kind));
    expect(await ask(server, () => Promise.resolve("refused"))).toMatchObject({ answer: "refused", isReplay: false });
    expect(await ask(server)).toMatchObject({ answer: "done", isReplay: false });
    expect(await ask(server, undefined, NOW + 24 * HOUR)).toMatchObject({ isReplay: true });
    expect(await ask(server, undefined, NOW + 24 * HOUR + 1)).toMatchObject({ isReplay: false });
  });

  test.each(["ENOSPC", "EDQUOT", "EFBIG", "DATABASE_AWAY"])(
    "may be done again when its work did nothing (%s)",
    async (code) => {
      const server = await serverOn(await newLocation(kind));
      const failing = () => Promise.reject(Object.assign(new Error("no room"), { code }));
      await expect(ask(server, failing)).rejects.toThrow("no room");
      expect(await ask(server)).toMatchObject({ kind: "done", isReplay: false });
      expect(await ask(server)).toMatchObject({ kind: "done", isReplay: true });
    },
  );

  test("is not begun while the database is away, and is answered when it goes away meanwhile", async () => {
    const location = await newLocation(kind);
    const [here, there] = [await serverOn(location), await serverOn(location)];
    const answer = await ask(here, async () => {
      await here.database.close();
      return "done";
    });
    expect(answer).toEqual({ kind: "done", answer: "done", isReplay: false });
    const begun: string[] = [];
    await expect(ask(here, () => Promise.resolve(begun.push("begun")))).rejects.toMatchObject({
      code: "DATABASE_AWAY",
    });
    expect(begun).toEqual([]);
    expect(await ask(there)).toEqual({ kind: "unknown" });
  });
});

const nameOf = (key: string) => `${createHash("sha256").update(`${ASKED.of}\n${key}`).digest("hex")}.json`;
const asked = createHash("sha256").update(ASKED.request).digest("hex");

/** What an older version has left, of an hour ago and of two days ago. */
function leave(data: string): void {
  const files = {
    one: { text: JSON.stringify({ asked, answer: { status: 201 } }), age: 1 },
    begun: { text: JSON.stringify({ asked }), age: 1 },
    damaged: { text: '{"asked', age: 1 },
    empty: { text: "", age: 1 },
    old: { text: JSON.stringify({ asked, answer: { status: 201 } }), age: 48 },
  };
  for (const [key, { text, age }] of Object.entries(files)) {
    put(data, `requests/${nameOf(key)}`, text);
    utimesSync(join(data, "requests", nameOf(key)), (NOW - age * HOUR) / 1_000, (NOW - age * HOUR) / 1_000);
  }
  put(data, `requests/${nameOf("one")}.0c1f`, "a draft");
}

describe.each(STORES)("keys that an older version has left in files, on %s", (kind) => {
  const each = async (server: Server, now = NOW) => {
    const found: Record<string, unknown> = {};
    for (const key of ["one", "begun", "damaged", "empty", "old"])
      found[key] = await ask(server, () => Promise.resolve("anew"), now, { ...ASKED, key });
    return found;
  };
  const replayed = { kind: "done", answer: { status: 201 }, isReplay: true };
  const anew = { kind: "done", answer: "anew", isReplay: false };
  const expected = { one: replayed, begun: { kind: "unknown" }, damaged: { kind: "unknown" }, empty: anew, old: anew };

  test("are taken over once unless they are a day old, and the files are kept", async () => {
    const server = await serverOn(await newLocation(kind));
    leave(server.data);
    expect(await each(server)).toEqual(expected);
    expect(readdirSync(server.data)).toEqual(["requests.taken-over"]);
    expect(readdirSync(join(server.data, "requests.taken-over"))).toHaveLength(6);
    expect(await ask(server, undefined, NOW + 23 * HOUR)).toEqual(replayed);
    expect(await ask(server, undefined, NOW + 23 * HOUR + 1), "a day after it was used").toMatchObject({
      isReplay: false,
    });
  });

  test("change nothing that is known when they are taken over again after a crash", async () => {
    const server = await serverOn(await newLocation(kind));
    leave(server.data);
    await each(server);
    // As if the process had been killed before it could put the folder aside, and another one before that had done so.
    leave(server.data);
    const again = { kind: "done", answer: "anew", isReplay: true };
    expect(await each(server)).toEqual({ ...expected, empty: again, old: again });
    expect(readdirSync(server.data)).toEqual(["requests.taken-over"]);
  });

  test("are all there or none when it was cut off on the way, and then taken over whole", async () => {
    const server = await serverOn(await newLocation(kind));
    leave(server.data);
    const name = readdirSync(join(server.data, "requests"))
      .filter((each) => each !== nameOf("empty") && each.endsWith(".json"))
      .at(-1)
      ?.slice(0, 64);
    // The database gives up at the last of them.
    const fault = {
      sqlite: sql`json_extract(case id when ${sql.lit(name)} then 'none' else '{}' end, '$.a')`,
      postgres: sql`(1 / (case id when ${sql.lit(name)} then 0 else 1 end))`,
    };
    await sql`create index fault on request_key (${fault[kind]})`.execute(server.database.query);
    await expect(ask(server)).rejects.toMatchObject({ code: "DATABASE_AWAY" });
    expect(await server.database.query.selectFrom("request_key").selectAll().execute()).toEqual([]);
    expect(existsSync(join(server.data, "requests"))).toBe(true);
    await sql`drop index fault`.execute(server.database.query);
    expect(await each(server)).toEqual(expected);
  });
});

/** Does it once in a process to which the disk is full from so many blocks of 1,024 bytes on. */
function withoutRoom(server: Server, kilobytes: number, answer: string): string {
  const code = `await once(server, asked, ${NOW}, () => Promise.resolve(${answer}), () => true)
      .then(({ kind }) => console.log(kind), ({ code }) => console.log(code));`;
  const limited = `trap "" XFSZ; ulimit -f ${kilobytes}; exec "$@"`;
  const args = ["-c", limited, "bash", process.execPath, ...apart(server, code)];
  const { stdout, stderr } = spawnSync("bash", args, { encoding: "utf8", env });
  return stdout.trim() || stderr;
}

test("a key for whose note there is no room is not used, and is good once there is", async () => {
  const server = await serverOn(await newLocation("sqlite"));
  await sql`pragma wal_checkpoint(truncate)`.execute(server.database.query);
  expect(withoutRoom(server, 0, '"done"')).toBe("DATABASE_AWAY");
  expect(await ask(server)).toEqual({ kind: "done", answer: "done", isReplay: false });
});

test("what was done is answered though there is no room for the answer, and is not done again", async () => {
  const server = await serverOn(await newLocation("sqlite"));
  await sql`pragma wal_checkpoint(truncate)`.execute(server.database.query);
  expect(withoutRoom(server, 100, '"x".repeat(500_000)')).toBe("done");
  expect(await ask(server)).toEqual({ kind: "unknown" });
});
