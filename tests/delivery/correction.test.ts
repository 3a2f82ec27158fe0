import { randomBytes } from "node:crypto";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { vaultOf } from "#lib/access/open-vault.ts";
import { attemptDependencies } from "#lib/delivery/attempt-dependencies.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { correct } from "#lib/publishing/correct.ts";
import { openDatabase } from "#lib/store/database.ts";
import { said } from "#tests/notices/world.ts";
import { folderWith } from "#tests/wire/content-folder.ts";
import { openPost } from "./post.ts";
import { openReceivers } from "./receivers.ts";
import { Office } from "./world.ts";

const SECRET = "a secret of these tests alone";
const NOW = "2026-03-05T10:01Z";

/** “gone” is refused, “later” put off, and “drop” takes the mail and hangs up: nobody knows of that one. */
const PEOPLE = ["ok-anna", "ok-ben", "gone", "later", "drop"];

test("a correction reaches exactly those whom the wrong notice reached or may have, each as an answer to it", async () => {
  await using receivers = await openReceivers();
  await using post = openPost(receivers);
  await using database = await openDatabase(":memory:");
  const vault = await vaultOf(database, [SECRET]);
  const office = new Office(database, { vault, channels: [channels.email] });
  for (const name of PEOPLE) {
    const id = randomBytes(8).toString("hex");
    const address = `${name}@example.org`;
    const subscriber = vault.pseudonym("email", address);
    await office.subscriptions.add([{ ...office.subscription(id, address), channel: "email", subscriber }], 0);
  }
  const deliver = async () => {
    const { sealedText: _, ...dependencies } = attemptDependencies({
      vault,
      transports: { email: post.email },
      sealedText: () => Promise.reject(new Error("The worker's own is used.")),
      policy: { repeatUnknown: [] },
      siteUrl: () => "https://status.example.com",
      clock: Date.now,
      leaseMs: 60_000,
    });
    const worker = office.work({ send: dependencies.send, dependencies, settings: { leaseMs: 60_000 } });
    await worker.idle();
    await worker.stop(1_000);
    expect([office.errors, office.alarms]).toEqual([[], []]);
    return receivers.received.splice(0);
  };
  const [told] = await office.publish({ a: said("2026-03-05T10:00Z investigating Sign-in fails in Europe.") }, NOW);
  const wrong = await deliver();
  expect(wrong.map(({ to }) => to[0]).toSorted()).toEqual(["drop", "ok-anna", "ok-ben"].map((n) => `${n}@example.org`));
  const environment = { port: 0, host: "127.0.0.1", secret: SECRET, content: folderWith({}), data: folderWith({}) };
  const message = "Sign-in works; it was another page that failed.";
  await correct(database, environment, { notice: told?.notice.id ?? "", message, by: "tester", at: Date.now() });
  const right = await deliver();
  expect(right.map(({ to }) => to).toSorted()).toEqual(wrong.map(({ to }) => to).toSorted());
  for (const { to, content } of right) {
    const [answer, question] = await Promise.all([
      simpleParser(content),
      simpleParser(wrong.find((each) => each.to[0] === to[0])?.content ?? ""),
    ]);
    expect(answer.subject).toContain("Correction");
    expect(answer.text).toContain("it was another page");
    expect(answer.inReplyTo).toBe(question.messageId);
    expect(answer.references?.[0]).toBe(question.references?.[0]);
  }
});
