import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLedger } from "#lib/store/ledger.ts";
import { setAside } from "#lib/store/set-aside.ts";
import { forgetUnconfirmed } from "#lib/subscribers/letters.ts";
import { newLocation, opened, STORES } from "#tests/databases.ts";
import { House, pathIn } from "./reception.ts";

const DAY_MS = 86_400_000;

/** One test on every store. */
function onEach(name: string, run: (at: House) => Promise<void>): void {
  for (const kind of STORES) {
    test(`${name} (${kind})`, async () => {
      const at = new House(await opened(await newLocation(kind)));
      await run(at);
      expect(at.errors).toEqual([]);
    });
  }
}

onEach("an address is subscribed once its owner has pressed the button behind the link", async (at) => {
  const answer = await at.signUp("Anna@Example.org", { topic: "reports", impact: "major" });
  expect(answer.statusCode).toBe(200);
  const [letter] = await at.letters();
  expect(letter).toMatchObject({ channel: "email", to: "anna@example.org" });
  const path = pathIn(letter);
  const opened = await at.get(path);
  expect(opened.payload).toContain("Confirm your subscription");
  // What opens links by itself confirms nothing.
  expect((await at.store.counts()).map(({ state }) => state)).toEqual(["pending"]);
  const done = await at.post(path, { step: "confirm" });
  expect(done.payload).toContain("You are subscribed");
  const [kept] = await at.kept();
  expect(kept).toMatchObject({ state: "active", interest: { topics: ["reports"], leastImpact: "major" } });
  expect(JSON.stringify(kept)).not.toContain("anna");
});

onEach("its pages are kept nowhere, listed nowhere, and name their address to no other site", async (at) => {
  const path = await at.subscribed("anna@example.org");
  for (const answer of [
    await at.get(path),
    await at.get(`${path}/leave`),
    await at.get("/subscriptions/none-at-all"),
  ]) {
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": expect.stringContaining("noindex") as string,
    });
  }
});

onEach(
  "the answer does not tell whether an address is new, waits, is subscribed, was refused or has had its letters",
  async (at) => {
    at.config = { ...at.config, signup: { isOpen: true, domains: ["example.org"] } };
    await at.subscribed("active@example.org");
    await at.signUp("pending@example.org");
    const ended = await at.subscribed("ended@example.org");
    await at.post(`${ended}/leave`, "List-Unsubscribe=One-Click");
    const erased = await at.subscribed("erased@example.org");
    await at.post(erased, { step: "erase" });
    const names = ["new", "active", "pending", "ended", "erased", "pending", "pending", "pending", "pending"];
    const answers: Awaited<ReturnType<typeof at.get>>[] = [];
    for (const name of names) answers.push(await at.signUp(`${name}@example.org`));
    answers.push(await at.signUp("stranger@example.com"));
    answers.push(await at.signUp("program@example.org", { website: "https://example.com" }));
    const seen = answers.map(({ headers, payload, statusCode }) => {
      const { date: _, ...same } = headers;
      return JSON.stringify([statusCode, same, payload]);
    });
    expect(new Set(seen).size).toBe(1);
    const written = (await at.letters()).map(({ to }) => to);
    expect(written).not.toContain("stranger@example.com");
    expect(written).not.toContain("program@example.org");
  },
);

onEach("who signs up again learns of it at the address alone, once an hour", async (at) => {
  const path = await at.subscribed("anna@example.org");
  for (let i = 0; i < 5; i += 1) await at.signUp("anna@example.org", { topic: "maintenance" });
  const letters = await at.letters();
  expect(letters).toHaveLength(1);
  expect(letters[0]?.body).toContain("already");
  expect(pathIn(letters[0])).toBe(path);
  const [kept] = await at.kept();
  expect(kept?.interest.topics).toEqual(["incidents"]);
});

onEach("a mailbox gets three letters a day at most, whoever types its address", async (at) => {
  for (let i = 0; i < 12; i += 1) {
    at.from = `203.0.${i}.1`;
    at.now += 10 * 60_000;
    await at.signUp("victim@example.org");
  }
  expect(await at.letters()).toHaveLength(3);
  at.now += DAY_MS;
  await at.signUp("victim@example.org");
  expect(await at.letters()).toHaveLength(1);
});

onEach("one network sends thirty forms an hour; another goes on", async (at) => {
  const answers: number[] = [];
  for (let i = 0; i < 31; i += 1) {
    at.from = `198.51.100.${i}`;
    answers.push((await at.signUp(`person${i}@example.org`)).statusCode);
  }
  expect(answers.filter((status) => status === 200)).toHaveLength(30);
  expect(answers.at(-1)).toBe(429);
  at.from = "192.0.2.1";
  expect((await at.signUp("other@example.org")).statusCode).toBe(200);
});

onEach("closed, it takes nobody new and keeps those it has", async (at) => {
  const path = await at.subscribed("anna@example.org");
  at.config = { ...at.config, signup: { isOpen: false, domains: [] } };
  expect((await at.get("/subscribe")).payload).toContain("no new subscriptions");
  expect((await at.signUp("new@example.org")).statusCode).toBe(403);
  expect(await at.letters()).toEqual([]);
  expect((await at.post(path, { step: "change", topic: "reports" })).payload).toContain("Saved.");
});

onEach("what another site sends is refused, and so is what is no form or too large", async (at) => {
  const foreign = await at.post("/subscribe", { address: "a@example.org" }, { origin: "https://evil.example" });
  expect(foreign.statusCode).toBe(403);
  const json = await at.post("/subscribe", "{}", { "content-type": "application/json" });
  expect(json.statusCode).toBe(413);
  expect((await at.signUp(`${"a".repeat(40_000)}@example.org`)).statusCode).toBe(413);
  expect(await at.letters()).toEqual([]);
});

onEach("a mistake is shown at its field, with what was typed", async (at) => {
  const answer = await at.post("/subscribe", { address: 'no"<b>address', impact: "major" });
  expect(answer.statusCode).toBe(422);
  expect(answer.payload).toContain("This is not an e-mail address.");
  expect(answer.payload).toContain("No kind of news is chosen.");
  expect(answer.payload).toContain('value="no&quot;&lt;b&gt;address"');
});

onEach("one POST ends it, as RFC 8058 has it; a GET does not; it can be taken back", async (at) => {
  const path = await at.subscribed("anna@example.org");
  await at.get(`${path}/leave`);
  expect((await at.store.counts())[0]?.state).toBe("active");
  const left = await at.post(`${path}/leave`, "List-Unsubscribe=One-Click", { origin: "https://webmail.example" });
  expect(left.statusCode).toBe(200);
  expect((await at.store.counts())[0]?.state).toBe("ended");
  expect(
    (await at.post(`${path}/leave`, "anything", { "content-type": "multipart/form-data; boundary=x" })).statusCode,
  ).toBe(200);
  expect(left.payload).toContain("Undo");
  await at.post(path, { step: "rejoin" });
  expect((await at.store.counts())[0]?.state).toBe("active");
  await at.post(`${path}/leave`, "List-Unsubscribe=One-Click");
  at.now += 31 * DAY_MS;
  await at.post(path, { step: "rejoin" });
  expect((await at.store.counts())[0]?.state).toBe("ended");
});

onEach(
  "erased, the address is nowhere, what was sent stays known under the pseudonym, and it cannot be taken back",
  async (at) => {
    const path = await at.subscribed("anna@example.org");
    const locked = (await at.kept())[0]?.address as string;
    expect((await at.post(path, { step: "erase" })).payload).toContain("Erased");
    const [kept] = await at.kept();
    expect(kept).toMatchObject({ address: null, signingSecret: null, state: "ended" });
    await at.post(path, { step: "rejoin" });
    expect((await at.kept())[0]?.state).toBe("ended");
    const facts: string[] = [];
    for await (const { kind } of readLedger(at.database, {
      subscriber: at.vault.pseudonym("email", "anna@example.org"),
    }))
      facts.push(kind);
    expect(facts).toEqual(["subscribed", "confirmed", "erased"]);
    for (const table of ["subscription", "letter", "ledger", "meta"] as const) {
      const rows = JSON.stringify(await at.database.query.selectFrom(table).selectAll().execute());
      expect(rows).not.toContain("anna");
      expect(rows).not.toContain(locked);
    }
  },
);

onEach("what nobody confirms within a week is forgotten, and its link is good for nothing", async (at) => {
  await at.signUp("anna@example.org");
  const path = pathIn((await at.letters())[0]);
  at.now += 7 * DAY_MS + 1;
  expect((await at.post(path, { step: "confirm" })).statusCode).toBe(404);
  await forgetUnconfirmed(at, at.now);
  expect((await at.kept())[0]?.address).toBeNull();
});

onEach("a webhook gets its question signed, and a secret that its owner alone sees", async (at) => {
  await at.signUp("https://hooks.example.com/in", { channel: "webhook" });
  const [letter] = await at.letters();
  expect(letter).toMatchObject({ channel: "webhook", to: "https://hooks.example.com/in" });
  const [secret = "", payload = ""] = (letter?.body ?? "").split("\n");
  expect(JSON.parse(payload)).toMatchObject({ type: "subscription.confirm" });
  const path = pathIn(letter);
  expect((await at.get(path)).payload).not.toContain(secret);
  const page = (await at.post(path, { step: "confirm" })).payload;
  expect(page).toContain(secret);
  expect(page).not.toContain("https://hooks.example.com/in");
});

onEach("no page or letter of one subscription shows another's address or token", async (at) => {
  const people = Array.from({ length: 8 }, (_, n) => `person${n}@example.org`);
  const paths: string[] = [];
  for (const person of people) paths.push(await at.subscribed(person));
  const steps = ["confirm", "change", "rejoin", "nothing", "leave", "rejoin", "erase"];
  for (const [n, path] of paths.entries()) {
    const pages = [(await at.get(path)).payload, (await at.get(`${path}/leave`)).payload];
    for (const step of steps) pages.push((await at.post(path, { step, topic: "reports" })).payload);
    const said = [...pages, ...at.messages.filter(({ to }) => to === people[n]).map(({ body }) => body)].join("\n");
    for (const [m, other] of people.entries()) {
      if (m === n) continue;
      expect(said).not.toContain(other);
      expect(said).not.toContain(paths[m]);
    }
  }
  expect(at.messages).toHaveLength(people.length);
});

const BROWSER = JSON.stringify({
  endpoint: "https://push.example.com/send/abc",
  expirationTime: null,
  keys: { p256dh: `B${"a".repeat(86)}`, auth: "c".repeat(22) },
});

onEach("a browser is asked by its first notification, which confirms by itself", async (at) => {
  expect((await at.get("/subscribe")).payload).toContain('src="/assets/push/sign-up.js"');
  expect((await at.get("/subscribe?by=webpush")).payload).toContain('data-push-key="BKey"');
  const first = await at.signUp(BROWSER, { channel: "webpush" });
  expect(first.payload).toContain("Look for a notification");
  const [letter] = await at.letters();
  const path = pathIn(letter);
  const { payload } = JSON.parse(letter?.body ?? "") as { payload: string };
  expect(JSON.parse(payload)).toMatchObject({
    url: at.config.url + path,
    confirmed: { title: expect.stringContaining("You are subscribed") as string },
  });
  await at.post(path, { step: "confirm" });
  const page = (await at.get(path)).payload;
  expect(page).toContain("go to this browser.");
  expect(page).not.toContain("push.example.com");
  // Whoever knows the browser's address learns nothing by signing it up again.
  const again = await at.signUp(BROWSER, { channel: "webpush" });
  expect(again.payload).toBe(first.payload);
  expect((await at.letters())[0]?.body).toContain("already");
});

onEach("what is no browser's address, or leads into a private network, is refused as one", async (at) => {
  const inside = BROWSER.replace("push.example.com", "10.0.0.1");
  for (const address of ["", "{}", "https://push.example.com/send/abc", inside]) {
    const answer = await at.signUp(address, { channel: "webpush" });
    expect(answer.statusCode).toBe(422);
    expect(answer.payload).toContain("not a browser&#x27;s push subscription");
  }
  expect(await at.letters()).toEqual([]);
});

onEach("limited to some domains, it offers e-mail alone", async (at) => {
  at.config = { ...at.config, signup: { isOpen: true, domains: ["example.org"] } };
  const page = (await at.get("/subscribe?by=slack")).payload;
  expect(page).toContain("E-mail address");
  for (const gone of ["by=slack", "by=webpush", "push/sign-up.js"]) expect(page).not.toContain(gone);
  expect((await at.signUp(BROWSER, { channel: "webpush" })).statusCode).toBe(422);
});

const WEBHOOK = "https://hooks.example.com/in";
const OWNER = { channel: "webhook", contact: "Owner@example.org" };
const asideAt = (at: House, id: string) =>
  at.database.transaction((transaction) => setAside(transaction, id, "The receiver answered 500.", at.now));

onEach("a webhook chooses its form, and its owner is written to once it is set aside", async (at) => {
  const bad = await at.signUp(WEBHOOK, { ...OWNER, contact: "nobody", form: "statuspage" });
  expect(bad.statusCode).toBe(422);
  expect(bad.payload).toContain('<option value="statuspage" selected="">');
  expect(bad.payload).toContain('id="contact-fault"');
  const path = await at.subscribed(WEBHOOK, { ...OWNER, form: "statuspage" });
  expect(at.messages.at(-1)?.to).toBe(`${WEBHOOK} statuspage`);
  expect((await at.get(path)).payload).toContain("we write to owner@example.org");
  const [kept] = await at.kept();
  expect(JSON.stringify(kept)).not.toContain("owner");
  expect(await asideAt(at, kept?.id ?? "")).toMatchObject({ kind: "quarantined" });
  // Only once: it is set aside already.
  expect(await asideAt(at, kept?.id ?? "")).toBeUndefined();
  const letters = await at.letters();
  expect(letters).toMatchObject([{ channel: "email", to: "owner@example.org" }]);
  expect(pathIn(letters[0])).toBe(path);
  expect(letters[0]?.body).toContain("does not answer");
  expect(letters[0]?.body).not.toContain(WEBHOOK);
  await at.post(path, { step: "confirm" });
  expect((await at.kept())[0]).toMatchObject({ state: "active", endedWhy: undefined });
  at.mailFolder = mkdtempSync(join(tmpdir(), "candor-mail-"));
  for (const name of [`${letters[0]?.id}.eml`, "other.eml"])
    writeFileSync(join(at.mailFolder, name), "To: owner@example.org\r\n\r\n");
  await at.post(path, { step: "erase" });
  expect((await at.kept())[0]?.contact).toBeNull();
  expect(readdirSync(at.mailFolder)).toEqual(["other.eml"]);
});

onEach(
  "a mailbox that many webhooks name is written to three times a day at most, and not of what is mended",
  async (at) => {
    for (let n = 0; n < 6; n += 1)
      await at.subscribed(`${WEBHOOK}/${n}`, { ...OWNER, contact: `Owner+${n}@example.org` });
    const all = await at.kept();
    for (const { id } of all) await asideAt(at, id);
    const first = await at.database.query
      .selectFrom("letter")
      .select("subscription")
      .where("kind", "=", "quarantined")
      .execute();
    expect(first).toHaveLength(3);
    await at.store.confirm(first[0]?.subscription ?? "", at.now);
    expect(await at.letters()).toHaveLength(2);
  },
);
