import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { vaultOf } from "#lib/access/open-vault.ts";
import { attemptDependencies } from "#lib/delivery/attempt-dependencies.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { verify } from "#lib/delivery/ledger.ts";
import type { Answer } from "#lib/model/delivery.ts";
import { correct } from "#lib/publishing/correct.ts";
import { withdrawNotice } from "#lib/store/withdraw.ts";
import { NEVER_MS } from "#tests/hang-guard.ts";
import { newLocation, opened, STORES } from "../databases.ts";
import { states } from "../delivery/each-store.ts";
import { Office } from "../delivery/world.ts";
import { said } from "../notices/world.ts";
import { folderWith } from "../wire/content-folder.ts";

const NOW = "2026-03-05T10:01Z";
const OPENED = { a: said("2026-03-05T10:00Z investigating Sign-in fails for many customers in Europe.") };

test.each(STORES)("a notice that is taken back reaches nobody else, on %s", async (kind) => {
  const office = new Office(await opened(await newLocation(kind)));
  for (const name of ["one", "two", "three"]) await office.subscribe(name);
  const [told] = await office.publish(OPENED, NOW);
  const notice = told?.notice.id ?? "";
  const got: string[] = [];
  const worker = office.work({
    send: ({ to }) => {
      got.push(to);
      return Promise.resolve<Answer>(
        got.length === 1 ? { outcome: "accepted", detail: "200" } : { outcome: "deferred", detail: "503" },
      );
    },
  });
  await expect.poll(() => got.length).toBe(3);
  await worker.idle();
  const order = { notice, why: "wrong words", by: "tester", at: 0 };
  const taken = await office.database.transaction((transaction) => withdrawNotice(office.database, transaction, order));
  expect(taken).toBe(2);
  await worker.stop(100);
  const rows = await office.database.query.selectFrom("delivery").select("state").orderBy("state").execute();
  expect(rows.map(({ state }) => state)).toEqual(["accepted", "withdrawn", "withdrawn"]);
  expect(await office.database.query.selectFrom("seal").select("state").execute()).toEqual([{ state: "done" }]);
});

const SECRET = "a secret of this test alone";

/** A receiver that answers when it is told to, and what came to it: path and type of event, in order. */
async function openSlow() {
  const came: string[] = [];
  const held = new Map<string, ServerResponse>();
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on("end", () => {
      came.push(`${request.url?.slice(1)} ${(JSON.parse(body) as { type: string }).type}`);
      held.set(request.url?.slice(1) ?? "", response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    came,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (name: string, status: number) => held.get(name)?.writeHead(status).end(),
    drop: (name: string) => held.get(name)?.destroy(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

test.each(STORES)(
  "a correction waits for what is in flight, and reaches only those who may have it, on %s",
  async (kind) => {
    await using slow = await openSlow();
    const database = await opened(await newLocation(kind));
    const vault = await vaultOf(database, [SECRET]);
    const office = new Office(database, { vault, channels: [channels.webhook] });
    for (const name of ["told", "takes", "refuses", "defers", "drops"]) {
      const one = office.subscription(name, `${slow.url}/${name}`);
      const signingSecret = vault.lock(`whsec_${Buffer.from(SECRET).toString("base64")}`, `signing ${name}`);
      await office.subscriptions.add([{ ...one, signingSecret }], 0);
    }
    const sender = new HttpSender({ allowPrivateTargets: true, timeoutMs: NEVER_MS, now: Date.now });
    const { sealedText: _, ...dependencies } = attemptDependencies({
      vault,
      transports: { webhook: openWebhook(sender, Date.now) },
      sealedText: () => Promise.reject(new Error("The worker's own is used.")),
      policy: { repeatUnknown: [] },
      siteUrl: () => "https://status.example.com",
      clock: Date.now,
      leaseMs: 600_000,
    });
    const worker = office.work({ send: dependencies.send, dependencies });
    const [told] = await office.publish(OPENED, NOW);
    await expect.poll(() => slow.came.length).toBe(5);
    slow.answer("told", 200);
    await expect.poll(() => states(office)).toEqual({ accepted: 1, sending: 4 });

    slow.came.length = 0;
    const environment = { port: 0, host: "127.0.0.1", secret: SECRET, content: folderWith({}), data: folderWith({}) };
    const order = { notice: told?.notice.id ?? "", message: "Sign-in works.", by: "tester", at: Date.now() };
    const { sealed } = await correct(database, environment, order);
    expect(sealed.reduce((sum, { recipients }) => sum + recipients, 0)).toBe(5);
    // Whoever is known to have it is told at once; for the others it waits.
    await expect.poll(() => slow.came).toEqual(["told correction"]);
    slow.answer("told", 200);
    await expect.poll(() => states(office)).toEqual({ accepted: 2, sending: 4, queued: 4 });
    slow.answer("takes", 200);
    slow.answer("refuses", 400);
    slow.answer("defers", 503);
    slow.drop("drops");
    await expect.poll(() => slow.came.length).toBe(3);
    for (const name of ["takes", "drops"]) slow.answer(name, 200);
    const wrong = { accepted: 2, failed: 1, unknown: 1, withdrawn: 1 };
    await expect.poll(() => states(office)).toEqual({ ...wrong, accepted: 5, withdrawn: 3 });
    await worker.stop(0);
    await sender.close();
    expect(slow.came.toSorted()).toEqual(["drops", "takes", "told"].map((name) => `${name} correction`));
    expect(await verify(database, vault)).toEqual([]);
  },
);
