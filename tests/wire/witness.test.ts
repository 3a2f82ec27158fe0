import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import { openTransports } from "#lib/delivery/transports.ts";
import { verifyAll } from "#lib/delivery/verify.ts";
import { headLine, headsIn } from "#lib/delivery/witness/heads.ts";
import { startWitness } from "#lib/delivery/witness/witness.ts";
import { type Environment, readEnvironment } from "#lib/settings/environment.ts";
import { halt, lift } from "#lib/store/halts.ts";
import { ledgerHead } from "#lib/store/ledger.ts";
import { HANGS } from "#tests/hang-guard.ts";
import { folderWith } from "./content-folder.ts";

const SITE = { name: "Tidewater", url: "https://status.tidewater.example" };
const DAY = Date.parse("2026-11-22T10:00:00Z");

/** Receivers of one's own: everything they got, as text. */
async function receivers() {
  const posted: string[] = [];
  const mailed: string[] = [];
  let status = 500;
  const http = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    posted.push(body);
    response.writeHead(status).end();
  });
  const smtp = new SMTPServer({
    logger: false,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onData(stream, _session, done) {
      let text = "";
      stream.on("data", (chunk: Buffer) => {
        text += chunk;
      });
      stream.on("end", () => {
        mailed.push(text);
        done();
      });
    },
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  await new Promise<void>((done) => smtp.listen(0, "127.0.0.1", done));
  onTestFinished(() => void http.close());
  onTestFinished(() => new Promise<void>((done) => smtp.close(() => done())));
  return {
    posted,
    mailed,
    heal: () => {
      status = 204;
    },
    hook: `http://127.0.0.1:${(http.address() as AddressInfo).port}/heads`,
    smtpUrl: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
  };
}

test("each day's end of the ledger is witnessed once at every place, and a failure is told and tried again", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const got = await receivers();
  const data = folderWith({});
  const file = join(data, "deep", "heads.txt");
  const environment: Environment = readEnvironment({
    CANDOR_DATA: data,
    SMTP_URL: got.smtpUrl,
    CANDOR_WITNESS: `${file} ${got.hook} mailto:ops@example.com`,
  });
  const { database, vault } = await openStore(environment);
  onTestFinished(() => database.close());
  const transports = openTransports(environment, { site: () => SITE });
  onTestFinished(() => transports.close());
  await halt(database, { scope: "all", why: "a test", at: 1, by: "tester" });
  const alarms: string[] = [];
  let now = DAY;
  const onAlarm = (message: string) => alarms.push(message);
  const onError = (error: unknown) => expect(error).toBeUndefined();
  const options = { environment, database, vault, transports, site: () => SITE, clock: () => now, onError, onAlarm };
  const witness = startWitness(options);
  onTestFinished(() => witness.stop());
  const look = async (mails: number, posts: number) => {
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect([got.mailed.length, got.posted.length]).toEqual([mails, posts]), HANGS);
    // The round that told them has ended once another one can begin.
    await vi.waitFor(
      async () => expect((await database.query.selectFrom("witness").selectAll().execute()).length).toBeGreaterThan(1),
      HANGS,
    );
  };
  await look(1, 1);
  expect(alarms).toEqual([expect.stringContaining("127.0.0.1")]);
  expect(alarms[0]).not.toContain("/heads");
  got.heal();
  now += 11 * 60_000;
  await look(1, 2);
  const line = headLine({ ledger: vault.ledgerId, at: new Date(DAY).toISOString(), ...(await ledgerHead(database)) });
  expect(readFileSync(file, "utf8")).toBe(`${line}\n`);
  expect(headsIn(got.mailed[0] ?? "")).toEqual(headsIn(line));
  expect(headsIn(got.posted[1] ?? "")).toMatchObject([{ ledger: vault.ledgerId, seq: 1 }]);
  await lift(database, { at: 2, by: "tester" });
  now = DAY + 86_400_000;
  await look(2, 3);
  expect(headsIn(readFileSync(file, "utf8"))).toMatchObject([{ seq: 1 }, { seq: 2 }]);
  // Another one, started the same day, has nothing to add.
  const found = await verifyAll(database, vault, data, headsIn(readFileSync(file, "utf8")));
  expect(found).toMatchObject({ faults: [], notes: [expect.stringContaining("2 witnessed heads agree")] });
});

test("a ledger exchanged for another that its own key made contradicts its witness, and it is said since when", async () => {
  const data = folderWith({});
  const environment = readEnvironment({ CANDOR_DATA: data, CANDOR_SECRET: "a secret that is known" });
  const { database, vault } = await openStore(environment);
  onTestFinished(() => database.close());
  const lines: string[] = [];
  const order = (why: string) => halt(database, { scope: "all", why, at: 1, by: "tester" });
  const witnessed = async (at: string) => {
    lines.push(headLine({ ledger: vault.ledgerId, at, ...(await ledgerHead(database)) }));
  };
  await order("one");
  await witnessed("2026-11-21T00:00:05.000Z");
  const ledger = await database.query.selectFrom("ledger").selectAll().execute();
  const meta = await database.query.selectFrom("meta").selectAll().execute();
  await order("two");
  await witnessed("2026-11-22T00:00:05.000Z");
  const heads = () =>
    headsIn(
      `${lines.join("\n")}\n${headLine({ ledger: "0".repeat(16), at: "2026-11-22T00:00:00Z", seq: 1, hash: "0".repeat(64) })}`,
    );
  expect((await verifyAll(database, vault, data, heads())).faults).toEqual([]);
  // Whoever kept a copy of all of it puts it back, and the program goes on from there.
  await database.query.deleteFrom("ledger").execute();
  await database.query.deleteFrom("meta").execute();
  await database.query.deleteFrom("halt").where("why", "=", "two").execute();
  await database.query.insertInto("ledger").values(ledger).execute();
  await database.query.insertInto("meta").values(meta).execute();
  await order("three");
  expect((await verifyAll(database, vault, data)).faults).toEqual([]);
  const { faults, notes } = await verifyAll(database, vault, data, heads());
  expect(faults).toEqual([
    "The ledger was changed after entry 1 of 2026-11-21T00:00:05.000Z, which still agrees, and before or at entry 2 of 2026-11-22T00:00:05.000Z, which a witness has on record and the ledger has not.",
  ]);
  expect(notes).toEqual([
    "1 witnessed head agrees, the last: entry 1 of 2026-11-21T00:00:05.000Z.",
    "1 witnessed head is of another ledger.",
  ]);
  const foreign = await verifyAll(
    database,
    vault,
    data,
    heads().filter(({ ledger: id }) => id !== vault.ledgerId),
  );
  expect(foreign.faults).toEqual(["No head of this ledger is witnessed there: that proves nothing."]);
});

test("a witness that is none is refused, and one by mail needs a mail server", () => {
  const read = (CANDOR_WITNESS: string) => readEnvironment({ CANDOR_WITNESS });
  expect(read("heads.txt /var/lib/heads https://example.com/heads").witness).toHaveLength(3);
  for (const wrong of ["ftp://example.com/heads", "http://example.com/heads", "heads.txt mailto:nobody"])
    expect(() => read(wrong)).toThrow("CANDOR_WITNESS is not a file");
  expect(() => read("mailto:ops@example.com")).toThrow("CANDOR_WITNESS has a mailto: address, and SMTP_URL");
});

test("a head is found in a file, behind a quotation and in a broken line", () => {
  const head = { ledger: "0123456789abcdef", at: "2026-11-22T00:00:05.000Z", seq: 12, hash: "ab".repeat(32) };
  const line = headLine(head);
  for (const text of [
    line,
    `> ${line}\r\n`,
    JSON.stringify({ line }),
    line.replace(/ (?=ab)/, "=20=\r\n"),
    line.replace(/ (?=ab)/, " =\r\n"),
  ])
    expect(headsIn(text), text).toEqual([head]);
  expect(headsIn(line.slice(0, -1))).toEqual([]);
});
