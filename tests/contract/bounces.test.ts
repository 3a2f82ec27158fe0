import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import inject from "light-my-request";
import { expect, test } from "vitest";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { Tokens } from "#lib/access/tokens.ts";
import { readMailbox } from "#lib/delivery/bounces/mailbox.ts";
import { returnAddress } from "#lib/delivery/bounces/return-address.ts";
import { takeReturned } from "#lib/delivery/bounces/take.ts";
import { email } from "#lib/delivery/channels/email/email.ts";
import type { Mail } from "#lib/delivery/channels/email/mail.ts";
import { writeMail } from "#lib/delivery/channels/email/mime.ts";
import { verify } from "#lib/delivery/ledger.ts";
import type { Message } from "#lib/model/delivery.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { type LedgerEntry, readLedger } from "#lib/store/ledger.ts";
import { openBounceRoutes } from "#lib/web/bounces.ts";
import { answerRoutes } from "#lib/web/http/route.ts";
import { siteOf } from "#tests/compile/site-of.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { Office } from "#tests/delivery/world.ts";
import { said } from "#tests/notices/world.ts";

const HOUR = 3_600_000;
const NOW = Date.parse("2026-03-05T10:01Z");
const MARKS = { host: "status.example.com", bounces: "bounces@example.com" };
const USER_UNKNOWN = "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 <anna@example.org> User unknown";
const MAILBOX_FULL = "Action: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full";

/** Where mails went out to Anna and Ben, and were taken. */
class PostOffice extends Office {
  readonly sent: Message[] = [];
  #incidents: Record<string, string> = {};

  async join(name: string): Promise<string> {
    const address = `${name}@example.org`;
    const plain = this.subscription(`${name}0123456789`, address);
    const subscriber = this.vault.pseudonym("email", address);
    await this.subscriptions.add([{ ...plain, channel: "email", subscriber, confirmedAt: NOW - HOUR }], NOW - HOUR);
    return plain.id;
  }

  /** Tells of one more incident. @returns the messages of this notice, by the name of their recipient */
  async tell(at = NOW): Promise<Record<string, Message>> {
    const slug = `incident-${Object.keys(this.#incidents).length}`;
    const minute = new Date(at - 60_000).toISOString().slice(0, 16);
    this.#incidents = {
      ...this.#incidents,
      [slug]: said(`${minute}Z investigating Sign-in fails in Europe, ${slug}.`),
    };
    await this.publish(this.#incidents, new Date(at).toISOString());
    const first = this.sent.length;
    const send = (message: Message) => {
      this.sent.push(message);
      return Promise.resolve({ outcome: "accepted", detail: "250 OK" } as const);
    };
    const worker = this.work({ send, dependencies: { compose: email.compose }, clock: () => at, worker: slug });
    await worker.idle();
    await worker.stop(100);
    expect([this.errors, this.alarms]).toEqual([[], []]);
    return Object.fromEntries(this.sent.slice(first).map((message) => [message.to.split("@")[0], message]));
  }

  take(report: string, now = NOW + HOUR) {
    return takeReturned(this, Buffer.from(report), MARKS, now);
  }

  async states(): Promise<Record<string, string>> {
    const rows = await this.database.query.selectFrom("delivery").select(["subscription", "state"]).execute();
    return Object.fromEntries(rows.map(({ state, subscription }) => [subscription.slice(0, -10), state]));
  }

  async facts(): Promise<LedgerEntry[]> {
    const all: LedgerEntry[] = [];
    for await (const entry of readLedger(this.database)) all.push(entry);
    return all.filter(({ kind }) => kind === "bounced" || kind === "quarantined");
  }
}

/** One test on every store. */
function onEach(name: string, run: (office: PostOffice) => Promise<void>): void {
  for (const kind of STORES) {
    test(`${name} (${kind})`, async () => {
      const office = new PostOffice(await opened(await newLocation(kind)), { channels: [email] });
      await office.join("anna");
      await office.join("ben");
      await run(office);
      expect(await verify(office.database)).toEqual([]);
    });
  }
}

/** A report as mail servers send it, to an address, with what was sent. */
function report(to: string, status: string, original = "Subject: x"): string {
  return [
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>",
    `To: ${to}`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"',
    "",
    "--edge",
    "Content-Type: text/plain",
    "",
    "Our apologies.",
    "--edge",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example.org",
    "",
    status,
    "",
    "--edge",
    "Content-Type: text/rfc822-headers",
    "",
    original,
    "--edge--",
    "",
  ].join("\n");
}

const reportOf = (office: Office, message: Message | undefined, status: string) =>
  report(returnAddress(MARKS.bounces, message?.id ?? "", office.vault), status);

onEach("a mail that comes back counts as failed, and an address where nobody is gets no more", async (office) => {
  const { anna } = await office.tell();
  const returned = reportOf(office, anna, USER_UNKNOWN);
  expect(/^To: ([^@]+)@/m.exec(returned)?.[1]?.length).toBeLessThanOrEqual(64);
  expect(await office.take(returned.replace("bounces+", "BOUNCES+").toLowerCase())).toBe("set-aside");
  expect(await office.states()).toEqual({ anna: "failed", ben: "accepted" });
  expect(await office.subscriptions.byId("anna0123456789")).toMatchObject({
    state: "quarantined",
    endedWhy: expect.stringContaining("5.1.1") as string,
  });
  const seal = await office.database.query.selectFrom("seal").select(["accepted", "failed"]).executeTakeFirst();
  expect(seal).toEqual({ accepted: 1, failed: 1 });
  expect(JSON.stringify(await office.facts())).not.toContain("anna@");
  // The same again, a later delay or another end change nothing.
  for (const status of [USER_UNKNOWN, MAILBOX_FULL, "Action: delayed\nStatus: 4.4.1"])
    expect(await office.take(reportOf(office, anna, status))).toBe("known");
  expect((await office.facts()).map(({ kind }) => kind)).toEqual(["bounced", "quarantined"]);
  expect(Object.keys(await office.tell(NOW + 2 * HOUR))).toEqual(["ben"]);
  await office.subscriptions.confirm("anna0123456789", NOW + 3 * HOUR);
  expect(Object.keys(await office.tell(NOW + 4 * HOUR)).sort()).toEqual(["anna", "ben"]);
});

onEach("what is still being tried is noted and stays as it was", async (office) => {
  const { anna } = await office.tell();
  const delayed = reportOf(office, anna, "Action: delayed\nStatus: 4.4.1");
  expect(await office.take(delayed)).toBe("noted");
  expect(await office.take(delayed)).toBe("known");
  expect(await office.states()).toMatchObject({ anna: "accepted" });
  expect(await office.take(reportOf(office, anna, "Action: failed\nStatus: 4.4.7"))).toBe("noted");
  expect(await office.states()).toMatchObject({ anna: "failed" });
});

onEach(
  "full mailboxes are borne five times and for a day, from each time that their owner confirms",
  async (office) => {
    const fail = async (hours: number) => {
      const at = NOW + hours * HOUR;
      const { anna } = await office.tell(at);
      return await office.take(reportOf(office, anna, MAILBOX_FULL), at);
    };
    const taken: string[] = [];
    for (const hours of [0, 1, 2, 3, 4, 5, 25]) taken.push(await fail(hours));
    expect(taken).toEqual([...new Array<string>(6).fill("noted"), "set-aside"]);
    await office.subscriptions.confirm("anna0123456789", NOW + 26 * HOUR);
    expect(await fail(60)).toBe("noted");
  },
);

onEach("nobody can report what was never sent, or in somebody else's place", async (office) => {
  const { anna, ben } = await office.tell();
  const [id = "", other = ""] = [anna?.id, ben?.id];
  const subscription = id.split(".")[1] ?? "";
  const proof = /-([0-9a-f]{16})@/.exec(returnAddress(MARKS.bounces, other, office.vault))?.[1] ?? "";
  const named = `Message-ID: <${id}@status.example.com>`;
  const leave = (of: string) =>
    `List-Unsubscribe: <https://status.example.com/subscriptions/${office.vault.token(of)}/leave>`;
  const forged = [
    report(`bounces+${subscription}-${"0".repeat(16)}@example.com`, USER_UNKNOWN),
    report(`bounces+${subscription}-${proof}@example.com`, USER_UNKNOWN),
    report(`bounces+${id}@example.com`, USER_UNKNOWN),
    report("bounces@example.com", USER_UNKNOWN, named),
    report("bounces@example.com", USER_UNKNOWN, `${named}\n${leave(other.split(".")[1] ?? "")}`),
    report("bounces@example.com", USER_UNKNOWN, `${named}\n${leave(subscription).slice(0, -12)}/leave>`),
  ];
  for (const each of forged) expect(await office.take(each)).toBe("unproven");
  expect(await office.take(report("somebody@example.com", USER_UNKNOWN))).toBe("foreign");
  expect(await office.states()).toEqual({ anna: "accepted", ben: "accepted" });
  expect(await office.facts()).toEqual([]);
});

onEach("a mail that is sent back speaks for itself where the address says nothing", async (office) => {
  const { anna } = await office.tell();
  const from = { name: "Example Cloud", address: "notices@example.com" };
  const envelope = { from, to: anna?.to ?? "" };
  const mail = (await writeMail(JSON.parse(anna?.body ?? "") as Mail, envelope, NOW, undefined)).toString();
  const headers = mail.slice(0, mail.indexOf("\r\n\r\n"));
  expect(await office.take(report("notices@example.com", USER_UNKNOWN, headers))).toBe("set-aside");
});

onEach("every mail in the folder is read once", async (office) => {
  const folder = mkdtempSync(join(tmpdir(), "candor-maildir-"));
  for (const name of ["new", "cur", "tmp"]) mkdirSync(join(folder, name));
  const { anna } = await office.tell();
  writeFileSync(join(folder, "new", "1"), reportOf(office, anna, USER_UNKNOWN));
  writeFileSync(join(folder, "new", "0"), "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(1_000));
  writeFileSync(join(folder, "new", "2"), "From: someone@example.org\n\nHello.\n");
  const read = () =>
    readMailbox({
      folder,
      take: (raw) => takeReturned(office, raw, MARKS, NOW),
      clock: () => NOW,
      onError: () => undefined,
    });
  await Promise.all([read(), read()]);
  expect(readdirSync(join(folder, "new"))).toEqual([]);
  expect(readdirSync(join(folder, "cur"))).toEqual(["0:2,S", "1:2,S", "2:2,S"]);
  expect((await office.facts()).map(({ kind }) => kind)).toEqual(["bounced", "quarantined"]);
  rmSync(folder, { recursive: true });
});

test.each(STORES)("mail servers may post what came back, with a token of their own (%s)", async (kind) => {
  const data = mkdtempSync(join(tmpdir(), "candor-bounces-"));
  const environment = readEnvironment({ CANDOR_DATA: data, MAIL_BOUNCES: MARKS.bounces });
  const database = await opened(await newLocation(kind));
  const vault = await vaultOf(database, await readSecrets(environment));
  const office = new PostOffice(database, { channels: [email], vault });
  await office.join("anna");
  const { anna } = await office.tell();
  const open = await openBounceRoutes(database, environment, () => NOW);
  const pageSource = { site: () => siteOf({}, "2026-03-05T10:01Z"), draw: () => Promise.resolve("") };
  const errors: unknown[] = [];
  const listener = answerRoutes(
    open(pageSource),
    (_, response) => response.end("elsewhere"),
    (error) => errors.push(error),
  );
  const post = (token: string) =>
    inject(listener, {
      method: "POST",
      url: "/api/bounces",
      headers: { "content-type": "message/rfc822", authorization: `Bearer ${token}` },
      payload: reportOf(office, anna, USER_UNKNOWN),
    });
  const tokens = new Tokens(database, data);
  const author = (await tokens.add({ name: "Anna", role: "author" }, NOW)) ?? "";
  const mailer = (await tokens.add({ name: "mx", role: "mailer" }, NOW)) ?? "";
  expect((await post("candor_wrong")).statusCode).toBe(401);
  expect((await post(author)).statusCode).toBe(403);
  const taken = await post(mailer);
  expect([taken.statusCode, taken.json()]).toEqual([200, { taken: "set-aside" }]);
  expect((await post(mailer)).json()).toEqual({ taken: "known" });
  expect(await office.states()).toEqual({ anna: "failed" });
  expect(errors).toEqual([]);
  rmSync(data, { recursive: true });
});
