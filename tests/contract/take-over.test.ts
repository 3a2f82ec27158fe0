import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Tokens } from "#lib/access/tokens.ts";
import { once } from "#lib/web/idempotency.ts";
import { takeOverFiles } from "#lib/wire/take-over.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { folderWith, put } from "../wire/content-folder.ts";

const SECRET = "candor_of-anna";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const tokens = (name: string, secret = name) =>
  JSON.stringify([{ name, role: "author", hash: sha256(secret), addedOn: "2026-01-01" }]);

/** What an older version has left on one machine. */
function left(name: string): Record<string, string> {
  const note = JSON.stringify({ asked: sha256("what"), answer: `of ${name}` });
  return {
    "tokens.json": tokens(name, `${SECRET}-${name}`),
    [`requests/${sha256(`${name}\nkey`)}.json`]: note,
    [`alerts/${sha256(name).slice(0, 32)}.json`]: '{"firing":{},"over":{}}',
  };
}

const ASIDE = ["alerts.taken-over", "requests.taken-over", "tokens.json.taken-over"];

test.each(STORES)("what each machine kept alone, every server knows once all have started (%s)", async (kind) => {
  const location = await newLocation(kind);
  const names = ["Anna", "Bo"];
  const machines = await Promise.all(
    names.map(async (name) => ({ database: await opened(location), data: folderWith(left(name)) })),
  );
  const errors: unknown[] = [];
  await Promise.all(machines.map(({ database, data }) => takeOverFiles(database, data, (...why) => errors.push(why))));
  expect(errors).toEqual([]);
  for (const { data } of machines) expect(readdirSync(data).toSorted()).toEqual(ASIDE);
  for (const { database } of machines) {
    // Asked with a data folder in which nothing ever was.
    const data = folderWith({});
    const here = new Tokens(database, data);
    for (const name of names) {
      expect(await here.ofSecret(`${SECRET}-${name}`, 0)).toMatchObject({ name });
      const asked = { of: name, key: "key", request: "what" };
      const answer = await once({ database, data }, asked, Date.now(), () => Promise.reject(new Error("no")), Boolean);
      expect(answer).toEqual({ kind: "done", answer: `of ${name}`, isReplay: true });
    }
    expect(await database.query.selectFrom("alert_group").selectAll().execute()).toHaveLength(2);
  }
});

test("what is no file of ours in a folder is left alone", async () => {
  const database = await opened(await newLocation("sqlite"));
  const data = folderWith({ ...left("Anna"), "requests/lost+found/a": "b", "alerts/.cache/a": "b" });
  const errors: unknown[] = [];
  await takeOverFiles(database, data, (...why) => errors.push(why));
  expect([errors, readdirSync(data).toSorted()]).toEqual([[], ASIDE]);
  expect(readdirSync(join(data, "requests.taken-over"))).toContain("lost+found");
});

test("a server starts although a file is broken, says so, takes over the rest, and the file once it is mended", async () => {
  const database = await opened(await newLocation("sqlite"));
  const data = folderWith({ ...left("Anna"), "tokens.json": "[{" });
  const errors: unknown[] = [];
  await takeOverFiles(database, data, (error, where) => errors.push([(error as { code?: unknown }).code, where]));
  expect(errors).toEqual([["BAD_TOKENS", "tokens.json"]]);
  expect(readdirSync(data).toSorted()).toEqual(["alerts.taken-over", "requests.taken-over", "tokens.json"]);
  put(data, "tokens.json", tokens("Anna"));
  expect(await new Tokens(database, data).ofSecret("Anna", 0)).toMatchObject({ name: "Anna" });
});
