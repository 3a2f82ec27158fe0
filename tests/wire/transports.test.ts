import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { channels } from "#lib/delivery/channels/channels.ts";
import { letterTo } from "#lib/delivery/channels/email/letters.ts";
import { openTransports } from "#lib/delivery/transports.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { noticeOf, recipientOf } from "#tests/channels/notice.ts";

const folder = mkdtempSync(join(tmpdir(), "candor-transports-"));
afterAll(() => rmSync(folder, { recursive: true }));

const pem = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;

const SITE = { name: "Example Cloud", url: "https://status.example.com" };

describe("the environment", () => {
  test("says how subscribers are reached", () => {
    const { channels: read } = readEnvironment({
      SMTP_URL: "smtps://user:word@mail.example.com",
      MAIL_FROM: '"Example Cloud" <news@example.com>',
      MAIL_BOUNCES: "bounces@example.com",
      DKIM_DOMAIN: "example.com",
      DKIM_SELECTOR: "candor",
      DKIM_PRIVATE_KEY: pem.replaceAll("\n", String.raw`\n`),
      CANDOR_PRIVATE_TARGETS: "allow",
    });
    expect(read).toEqual({
      smtpUrl: "smtps://user:word@mail.example.com",
      mailFrom: { name: "Example Cloud", address: "news@example.com" },
      mailBounces: "bounces@example.com",
      dkim: { domain: "example.com", selector: "candor", privateKey: { pem } },
      allowPrivateTargets: true,
    });
  });

  test.each([
    [{ SMTP_URL: "mail.example.com:587" }, "SMTP_URL is not of the form"],
    [{ SMTP_URL: "https://user:hidden@mail.example.com" }, "SMTP_URL is not of the form"],
    [{ MAIL_FROM: "Example <not an address>" }, "MAIL_FROM is not of the form"],
    [{ MAIL_FROM: "a@example.com\r\nBcc: b@example.com" }, "MAIL_FROM is not of the form"],
    [{ DKIM_DOMAIN: "example.com" }, "are needed together"],
    [{ DKIM_PRIVATE_KEY: "hidden" }, "DKIM_PRIVATE_KEY is not a private key"],
    [{ VAPID_PUBLIC_KEY: `B${"a".repeat(86)}` }, "are needed together"],
    [{ VAPID_SUBJECT: "me" }, "VAPID_SUBJECT is not of the form"],
    [{ CANDOR_PRIVATE_TARGETS: "yes" }, "CANDOR_PRIVATE_TARGETS is not refuse or allow"],
  ])("%j is wrong, and its value is not repeated", (variables, message) => {
    expect(() => readEnvironment(variables)).toThrow(message);
    expect(() => readEnvironment(variables)).not.toThrow("hidden");
  });

  test("a key that is none is told without showing it", () => {
    const file = join(folder, "key.pem");
    writeFileSync(file, "-----BEGIN PRIVATE KEY-----\nhidden\n-----END PRIVATE KEY-----");
    const environment = readEnvironment({
      DKIM_DOMAIN: "example.com",
      DKIM_SELECTOR: "s",
      DKIM_PRIVATE_KEY_FILE: file,
    });
    expect(() => openTransports(environment, { site: () => SITE })).toThrow(
      "DKIM_PRIVATE_KEY_FILE does not give a private key",
    );
  });
});

test("without a mail server, mails and letters become files in the data folder", async () => {
  const transports = openTransports(readEnvironment({ CANDOR_DATA: folder }), { site: () => SITE });
  const site = noticeOf("incident_updated").site;
  const letter = letterTo("a@example.org", { kind: "known", url: `${site.url}/subscriptions/t` }, site, "letter1");
  const notice = channels.email.compose(
    channels.email.render(noticeOf("incident_updated")),
    recipientOf("email", "b@example.org"),
    "notice1",
  );
  for (const message of [letter, notice])
    expect(await transports.by.email?.send(message, new AbortController().signal)).toMatchObject({
      outcome: "accepted",
    });
  expect(readFileSync(join(folder, "mail/letter1.eml"), "utf8")).toMatch(
    /^From: Example Cloud <notices@status\.example\.com>/m,
  );
  expect(readFileSync(join(folder, "mail/notice1.eml"), "utf8")).toContain("To: b@example.org");
  expect(transports.by.webpush).toBeUndefined();
  await transports.close();
});
