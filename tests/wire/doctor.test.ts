import { chmodSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import webpush from "web-push";
import { openStore } from "#lib/access/open-vault.ts";
import { examine } from "#lib/operation/doctor.ts";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { halt } from "#lib/store/halts.ts";
import { beat } from "#lib/store/queue.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { Office } from "../delivery/world.ts";
import { folderWith, incident, SITE } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

function environmentWith(files: Readonly<Record<string, string>>): Environment {
  return { port: 0, host: "127.0.0.1", content: folderWith({ "site.yaml": SITE, ...files }), data: folderWith({}) };
}

async function states(environment: Environment, now = NOW): Promise<Readonly<Record<string, string>>> {
  const findings = await examine(environment, now);
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
}

test("a good installation is told so, before the first start and after it", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  // Without SMTP_URL no mail leaves the machine, which is no good installation yet.
  const wellBut = async () => {
    const { mail, ...others } = await states(environment);
    return [mail, ...new Set(Object.values(others))];
  };
  expect(await wellBut()).toEqual(["warn", "ok"]);
  await publish(environment, { now: NOW });
  expect(await wellBut()).toEqual(["warn", "ok"]);
});

test("what is wrong is told with what to do", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  await publish(environment, { now: NOW });
  expect(await states(environment, NOW - 60_000)).toMatchObject({ database: "warn" });
  expect(await states(environment, 0)).toMatchObject({ clock: "fail" });

  writeFileSync(join(environment.data, "secret"), "a secret that is long enough\n");
  chmodSync(join(environment.data, "secret"), 0o644);
  writeFileSync(join(environment.content, "b.md"), "broken");
  expect(await states(environment)).toMatchObject({ secret: "fail", content: "warn" });

  writeFileSync(
    join(environment.data, "candor.db"),
    "This is no database, and it is long enough to be taken for one. ".repeat(99),
  );
  expect(await states(environment)).toMatchObject({ database: "fail" });
  expect(await states({ ...environment, content: "/no/such/folder" })).toMatchObject({ content: "fail" });
  const away = { ...environment, databaseUrl: "postgres://candor:s3cret@127.0.0.1:1/candor" };
  const findings = await examine(away, NOW);
  expect(findings.find(({ check }) => check === "database")).toMatchObject({ state: "fail" });
  expect(JSON.stringify(findings)).not.toContain("s3cret");
});

test("a port that is taken is named", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  expect(await states({ ...environmentWith({}), port })).toMatchObject({ port: "warn" });
  server.close();
});

test("a mail server is greeted and logged in to, and nothing is sent", async () => {
  const heard: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      heard.push(`login ${username}`);
      if (password === "right") done(null, { user: username });
      else done(new Error("No"));
    },
    onMailFrom: (_address, _session, done) => {
      heard.push("mail");
      done();
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const environment = environmentWith({});
  const at = (password: string, to = port) => ({
    ...environment,
    channels: { smtpUrl: `smtp://candor:${password}@127.0.0.1:${to}` },
  });
  expect(await states(at("right"))).toMatchObject({ mail: "ok" });
  const refused = await examine(at("wr0ng-passw0rd"), NOW);
  expect(refused.find(({ check }) => check === "mail")).toMatchObject({
    state: "fail",
    said: expect.stringContaining("refuses the name or the password"),
  });
  expect(JSON.stringify(refused)).not.toContain("wr0ng");
  expect(await states(at("right", 1))).toMatchObject({ mail: "fail" });
  expect(heard).toEqual(["login candor", "login candor"]);
});

test("keys that are none, or that do not belong together, are told", async () => {
  const environment = environmentWith({});
  const { publicKey, privateKey } = webpush.generateVAPIDKeys();
  const other = webpush.generateVAPIDKeys();
  expect(await states({ ...environment, channels: { vapid: { publicKey, privateKey } } })).toMatchObject({
    keys: "ok",
  });
  const mixed = { vapid: { publicKey: other.publicKey, privateKey } };
  expect(await states({ ...environment, channels: mixed })).toMatchObject({ keys: "fail" });
  const dkim = { domain: "example.com", selector: "candor", privateKey: { file: "/no/such/key.pem" } };
  expect(await states({ ...environment, channels: { dkim } })).toMatchObject({ keys: "fail" });
});

test("halts, a worker that is missed and a ledger that was cut are told", async () => {
  const environment = environmentWith({ "a.md": incident("A") });
  await publish(environment, { now: NOW });
  const { database, vault } = await openStore(environment);
  onTestFinished(() => database.close());
  expect(await states(environment)).toMatchObject({ halts: "ok", worker: "ok", ledger: "ok" });

  await new SubscriptionStore(database).add([new Office(database, { vault }).subscription("s1", "one")], NOW);
  expect(await states(environment)).toMatchObject({ worker: "warn" });
  await beat(database, "w1", NOW - 60_000);
  expect(await states(environment)).toMatchObject({ worker: "warn" });
  await beat(database, "w1", NOW - 1_000);
  expect(await states(environment)).toMatchObject({ worker: "ok" });

  await halt(database, { scope: "all", why: "wrong text", at: NOW, by: "mara" });
  await halt(database, { scope: "all", why: "again", at: NOW, by: "mara" });
  expect(await states(environment)).toMatchObject({ halts: "warn", ledger: "ok" });
  await database.query.deleteFrom("ledger").where("seq", "=", 2).execute();
  expect(await states(environment)).toMatchObject({ ledger: "fail" });
});
