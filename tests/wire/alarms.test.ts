import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "#lib/access/open-vault.ts";
import type { Found } from "#lib/operation/troubles/find.ts";
import { troublesNow } from "#lib/operation/troubles/now.ts";
import { watchTroubles } from "#lib/operation/troubles/watch.ts";
import { publish } from "#lib/publishing/publish.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { halt } from "#lib/store/halts.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { HANGS } from "#tests/hang-guard.ts";
import { folderWith, put, SITE } from "./content-folder.ts";
import { subscribe } from "./subscribers.ts";

/** So many times faster than a real one; a worker that the machine keeps from saying that it lives is not dead. */
const TIMES = 4;
const DEAD_AFTER_MS = 90_000;

/** Lets time pass faster until the test is over: for what waits a minute, or takes a channel for failing after a while. */
function hurried(): () => number {
  const steady = performance.now.bind(performance);
  const [began, start] = [Date.now(), steady()];
  vi.spyOn(performance, "now").mockImplementation(() => start + TIMES * (steady() - start));
  return () => Math.round(began + TIMES * (steady() - start));
}

const opened = (update: string) => {
  const at = new Date(Date.now() - 60_000).toISOString();
  return `---\ntitle: Labels fail\nstarted: ${at}\nimpact: major\ncomponents: [api]\nupdates:\n  - { at: ${at}, status: investigating, body: ${update} }\n---\n`;
};

/** A receiver of alarms, on the loopback: what it took, in order. */
async function alarmReceiver() {
  const received: { readonly text: string; readonly message: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    received.push(JSON.parse(body) as (typeof received)[number]);
    response.end();
  });
  await listen(server);
  onTestFinished(() => void server.close());
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token-s3cret` };
}

function listen(server: { listen(port: number, host: string, done: () => void): unknown }, port = 0): Promise<void> {
  return new Promise((done) => server.listen(port, "127.0.0.1", done));
}

/** A published site with a subscriber by mail, an incident that is sealed for them, and a worker. */
async function worldWith(channels: Environment["channels"], alerts?: Environment["alerts"]) {
  const root = folderWith({ "content/site.yaml": SITE });
  const content = join(root, "content");
  const environment: Environment = {
    port: 0,
    host: "127.0.0.1",
    content,
    data: join(root, "data"),
    ...(channels ? { channels } : {}),
    ...(alerts ? { alerts } : {}),
  };
  await publish(environment, { now: Date.now() });
  await subscribe(environment, ["ada@example.com"], Date.now());
  put(content, "labels.md", opened("We look into it."));
  await publish(environment, { now: Date.now() });
  const alarms: string[] = [];
  const errors: unknown[] = [];
  const deliver = async (clock = Date.now) => {
    const delivering = await startDelivery(environment, {
      clock,
      deadAfterMs: DEAD_AFTER_MS,
      onError: (error) => errors.push(error),
      onAlarm: (message) => alarms.push(message),
      onTold: () => undefined,
    });
    onTestFinished(() => delivering.stop());
  };
  return { environment, alarms, errors, deliver };
}

async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await listen(server);
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => server.close(() => done()));
  return port;
}

async function mailServer(options: ConstructorParameters<typeof SMTPServer>[0], port = 0): Promise<number> {
  const server = new SMTPServer({ logger: false, closeTimeout: 50, disableReverseLookup: true, ...options });
  server.on("error", () => undefined);
  await listen(server, port);
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return (server.server.address() as AddressInfo).port;
}

test("a mail server that is closed, refuses the password, has no STARTTLS or no name is one alarm, and its return another", async () => {
  const closed = await closedPort();
  const refusing = await mailServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error("No")),
  });
  const plain = await mailServer({ disabledCommands: ["AUTH", "STARTTLS"] });
  const urls = [
    `smtp://127.0.0.1:${closed}`,
    `smtp://user:pa55word@127.0.0.1:${refusing}`,
    `smtp://127.0.0.1:${plain}/?requireTLS=true`,
    "smtp://mail.no-such-name.invalid:25",
  ];
  const worlds = await Promise.all(
    urls.map(async (smtpUrl) => {
      const receiver = await alarmReceiver();
      return { receiver, ...(await worldWith({ smtpUrl }, { kind: "post", url: receiver.url })) };
    }),
  );
  const clock = hurried();
  for (const { deliver } of worlds) await deliver(clock);
  await Promise.all(
    worlds.map(async ({ alarms, environment, receiver }) => {
      await vi.waitFor(() => expect(receiver.received).toHaveLength(1), HANGS);
      expect(receiver.received[0]?.message).toMatch(
        /^Nothing gets through by email: every attempt fails\. .*SMTP_URL/s,
      );
      expect(alarms).toStrictEqual([receiver.received[0]?.message]);
      expect((await troublesNow(environment, clock())).troubles).toStrictEqual(alarms);
      expect(alarms.join()).not.toContain("pa55word");
    }),
  );

  const got: string[] = [];
  await mailServer(
    {
      disabledCommands: ["AUTH", "STARTTLS"],
      onData: (stream, { envelope }, done) => {
        got.push(...envelope.rcptTo.map(({ address }) => address));
        stream.resume();
        stream.on("end", () => done());
      },
    },
    closed,
  );
  const [first] = worlds;
  await vi.waitFor(() => expect(first?.receiver.received).toHaveLength(2), HANGS);
  expect(got).toStrictEqual(["ada@example.com"]);
  expect(first?.receiver.received[1]?.message).toMatch(
    /^Over after \d+ minutes?: Nothing gets through by email\. \d+ attempts had failed\.$/,
  );
  const { environment } = first as (typeof worlds)[number];
  expect((await troublesNow(environment, clock())).troubles).toStrictEqual([]);
  for (const { receiver } of worlds.slice(1)) expect(receiver.received).toHaveLength(1);
});

test("by mail an alarm arrives, and where it cannot, the console says so without the address", async () => {
  const subjects: string[] = [];
  const port = await mailServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, { envelope }, done) => {
      let mail = "";
      stream.on("data", (part: Buffer) => {
        mail += part;
      });
      stream.on("end", () => {
        const to = envelope.rcptTo.map(({ address }) => address).join();
        if (to === "ops@example.com") subjects.push(/^Subject: (.*(?:\r\n .*)*)/m.exec(mail)?.[1] ?? "");
        done();
      });
    },
  });
  const good = await worldWith({ smtpUrl: `smtp://127.0.0.1:${port}` }, { kind: "mail", to: "ops@example.com" });
  put(good.environment.data, "HALT", "Wrong text");
  const bad = await worldWith({}, { kind: "post", url: `http://127.0.0.1:${await closedPort()}/token-s3cret` });
  put(bad.environment.data, "HALT", "Wrong text");
  await good.deliver();
  await bad.deliver();
  await vi.waitFor(() => expect(subjects).toHaveLength(1), HANGS);
  expect(subjects[0]?.replaceAll("\r\n ", " ")).toContain(
    "Alarm: Nothing is sent, because the data folder holds a file HALT",
  );
  await vi.waitFor(() => expect(bad.alarms).toHaveLength(2), HANGS);
  expect(bad.alarms[0]).toBe(
    "Nothing is sent, because the data folder holds a file HALT (Wrong text). 1 message waits. Remove the file to go on.",
  );
  expect(bad.alarms[1]).toMatch(
    /^This alarm could not be told by CANDOR_ALERT_URL \(http:\/\/127\.0\.0\.1:\d+ was not reached: ECONNREFUSED\): Nothing is sent/,
  );
  expect(bad.alarms.join()).not.toContain("s3cret");
});

test("what is over says how long it lasted, and how much had failed", async () => {
  await using database = await openDatabase(":memory:");
  const world = { now: Date.parse("2026-11-22T12:00:00Z"), own: [] as Found[] };
  const alarms: string[] = [];
  const watching = watchTroubles({
    database,
    data: folderWith({}),
    clock: () => world.now,
    own: () => world.own,
    onAlarm: (message) => alarms.push(message),
    onError: (error) => expect(error).toBeUndefined(),
    everyMs: 10,
  });
  for (const lasts of [20_000, 150_000]) {
    world.own = [{ key: "one", message: "It is broken. Mend it.", count: lasts / 10_000 }];
    const before = alarms.length;
    await vi.waitFor(() => expect(alarms).toHaveLength(before + 1), HANGS);
    world.now += lasts;
    world.own = [];
    await vi.waitFor(() => expect(alarms).toHaveLength(before + 2), HANGS);
  }
  await watching.stop();
  expect(alarms).toStrictEqual([
    "It is broken. Mend it.",
    "Over after 1 minute: It is broken. 2 attempts had failed.",
    "It is broken. Mend it.",
    "Over after 3 minutes: It is broken. 15 attempts had failed.",
  ]);
});

test("what waits for a halt, for a second person or for a worker is said with what to do", async () => {
  const { environment } = await worldWith({});
  const now = Date.now();
  const {
    troubles: [nobody, ...rest],
  } = await troublesNow(environment, now);
  expect(rest).toStrictEqual([]);
  expect(nobody).toBe(
    "No worker delivers. None is running: 1 subscriber hears nothing. 1 message waits. “npm start” runs one beside the server, “candor deliver” one alone.",
  );
  const opened = await openStore(environment);
  await using database = opened.database;
  await halt(database, { scope: "channel:email", why: "Wrong text", at: now, by: "ada" });
  expect((await troublesNow(environment, now)).troubles).toContainEqual(
    expect.stringMatching(
      /^1 message about “Labels fail” by email waits: ada has halted channel email \(Wrong text\)\. Go on with “candor resume --notice \w+”\.$/,
    ),
  );
  await database.query.updateTable("halt").set({ lifted_at: now, lifted_by: "ada" }).execute();
  await database.query.updateTable("seal").set({ state: "awaiting_approval" }).execute();
  expect((await troublesNow(environment, now)).troubles.join("\n")).toMatch(
    /waits for the approval of a second person\. “candor approve/,
  );
  await database.query.updateTable("subscription").set({ state: "quarantined" }).execute();
  expect((await troublesNow(environment, now)).troubles.join("\n")).toContain("1 subscription is quarantined");
});
