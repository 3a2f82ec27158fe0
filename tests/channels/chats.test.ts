import { createECDH, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import webPush from "web-push";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { HttpRequest, HttpSender } from "#lib/delivery/channels/http/sender.ts";
import { openWebPush } from "#lib/delivery/channels/webpush.ts";
import { NOTICE_KINDS } from "#lib/model/notice.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import { HOSTILE, hostileNotice } from "#tests/contract/hostile.ts";
import { noticeOf, recipientOf } from "./notice.ts";

const RULES = { allowPrivateTargets: false };

function payloadOf(name: ChannelName, notice = noticeOf("incident_resolved")) {
  const channel = channels[name];
  const message = channel.compose(
    channel.render(notice),
    recipientOf(name, "https://chat.example.com/hook"),
    "delivery1",
  );
  return JSON.parse(JSON.parse(message.body).payload);
}

/** Every text in a payload. */
const textsOf = (value: unknown): string[] =>
  typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(textsOf) : [];

const everything = [...NOTICE_KINDS.map((kind) => noticeOf(kind)), ...Object.keys(HOSTILE).map(hostileNotice)];

test.each(["slack", "discord", "teams"] as const)("what %s gets", (name) => expect(payloadOf(name)).toMatchSnapshot());

describe("Slack's limits", () => {
  test.each(everything.map((notice, n) => [n, notice] as const))("hold for notice %i", (_n, notice) => {
    const { blocks } = payloadOf("slack", notice);
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) {
      if (block.type === "header") expect(block.text.text.length).toBeLessThanOrEqual(150);
      if (block.type === "section") expect(block.text.text.length).toBeLessThanOrEqual(3000);
      if (block.type !== "header") expect(JSON.stringify(block)).toContain('"verbatim":true');
    }
  });

  test("nobody is called, and no link says what it is not", () => {
    for (const kind of ["mentions", "links that lie", "markup"]) {
      const texts = textsOf(payloadOf("slack", hostileNotice(kind)).blocks.slice(1));
      const marks = texts.join("\n").match(/<[^>]*>/g) ?? [];
      expect(marks.length).toBeGreaterThan(0);
      for (const mark of marks) expect(mark).toMatch(/^<https:\/\/status\.example\.com\//);
    }
  });
});

describe("Discord's limits", () => {
  test.each(everything.map((notice, n) => [n, notice] as const))("hold for notice %i", (_n, notice) => {
    const { allowed_mentions, embeds, content } = payloadOf("discord", notice);
    const [{ description, title }] = embeds;
    expect(title.length).toBeLessThanOrEqual(256);
    expect(description.length).toBeLessThanOrEqual(4096);
    expect(title.length + description.length).toBeLessThanOrEqual(6000);
    expect(allowed_mentions).toEqual({ parse: [] });
    expect(content).toBeUndefined();
  });

  test("nobody is called, and no link says what it is not", () => {
    for (const kind of ["mentions", "links that lie", "markup"]) {
      const { description } = payloadOf("discord", hostileNotice(kind)).embeds[0];
      expect(description).not.toMatch(/(?<!\\)(?:@|<)/);
      for (const [, url] of description.matchAll(/(?<!\\)\]\(([^)]*)\)/g))
        expect(url).toMatch(/^https:\/\/status\.example\.com\//);
    }
  });
});

describe("Teams' limits", () => {
  test.each(everything.map((notice, n) => [n, notice] as const))("hold for notice %i", (_n, notice) => {
    const payload = payloadOf("teams", notice);
    expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThanOrEqual(28_000);
    // Texts of an author stand in runs alone, which know no Markdown and no mentions.
    expect(JSON.stringify(payload)).not.toMatch(/"TextBlock"|"msteams"|"entities"/);
  });
});

test("the letters of other scripts need more bytes and still fit", () => {
  const notice = noticeOf("incident_resolved");
  const body = "障害が発生しています。".repeat(2000);
  const updates = Array.from({ length: 8 }, (_, n) => ({ ...notice.updates[0], id: `u${n}`, body }));
  const long = { ...notice, updates: updates as unknown as typeof notice.updates };
  expect(Buffer.byteLength(JSON.stringify(payloadOf("teams", long)))).toBeLessThanOrEqual(28_000);
  const push = channels.webpush.render(long);
  expect(Buffer.byteLength(push.body)).toBeLessThan(3000);
});

test("what is cut says so and leads to the page", () => {
  for (const name of ["slack", "discord", "teams"] as const) {
    const text = JSON.stringify(payloadOf(name, hostileNotice("a megabyte")));
    expect(text).toContain("…");
    expect(text).toContain("https://status.example.com/incidents/");
  }
});

describe("addresses", () => {
  test.each([
    ["slack", "https://hooks.slack.com/services/T000/B000/XXXX"],
    ["discord", "https://discord.com/api/webhooks/1/token"],
    ["teams", "https://prod-01.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=x"],
    ["teams", "https://default01.02.environment.api.powerplatform.com/workflows/1"],
  ] as const)("%s takes %s", (name, address) => {
    expect(channels[name].readAddress(address, RULES)).toEqual({ value: new URL(address).href });
  });

  test.each([
    ["slack", "https://hooks.slack.com.evil.example/services/T000"],
    ["slack", "https://evil.example/hooks.slack.com"],
    ["discord", "https://evildiscord.com/api/webhooks/1/token"],
    ["teams", "https://logic.azure.com.evil.example/"],
    ["teams", "https://evillogic.azure.com/"],
  ] as const)("%s does not take %s", (name, address) => {
    expect(channels[name].readAddress(address, RULES)).toMatchObject({
      fault: "host",
    });
  });
});

describe("a browser's subscription", () => {
  const keys = { p256dh: `B${"a".repeat(86)}`, auth: "b".repeat(22) };
  const endpoint = "https://push.example.com/abc";

  test("is kept in one form", () => {
    const typed = JSON.stringify({
      keys: { auth: `${keys.auth}==`, p256dh: keys.p256dh },
      expirationTime: null,
      endpoint,
    });
    expect(channels.webpush.readAddress(typed, RULES)).toEqual({ value: JSON.stringify({ endpoint, keys }) });
  });

  test.each([
    "",
    "{}",
    "null",
    JSON.stringify({ endpoint: "https://10.0.0.1/", keys }),
    JSON.stringify({ endpoint, keys: { ...keys, auth: "x" } }),
  ])("%s is none", (typed) =>
    expect(channels.webpush.readAddress(typed, RULES)).toMatchObject({ fault: expect.any(String) }),
  );

  test("gets a few lines", () => {
    const { body } = channels.webpush.render(noticeOf("incident_resolved"));
    expect(JSON.parse(body)).toMatchSnapshot();
  });

  test("gets them encrypted and signed, under 4 KB, and the newest alone", async () => {
    const browser = createECDH("prime256v1");
    browser.generateKeys();
    const to = { p256dh: browser.getPublicKey("base64url"), auth: randomBytes(16).toString("base64url") };
    const sent: HttpRequest[] = [];
    const sender = {
      post: (request: HttpRequest) => {
        sent.push(request);
        return Promise.resolve({ kind: "answered", status: 201, headers: {}, text: "" });
      },
    } as unknown as HttpSender;
    const transport = openWebPush(
      sender,
      { subject: "mailto:a@example.com", ...webPush.generateVAPIDKeys() },
      Date.now,
    );
    const recipient = recipientOf("webpush", JSON.stringify({ endpoint, keys: to }));
    const message = channels.webpush.compose(
      channels.webpush.render(hostileNotice("a megabyte")),
      recipient,
      "delivery1",
    );
    expect(await transport.send(message, new AbortController().signal)).toMatchObject({ outcome: "accepted" });
    const [request] = sent;
    expect(request?.url).toBe(endpoint);
    expect(request?.headers).toMatchObject({
      Authorization: expect.stringMatching(/^vapid t=/),
      "Content-Encoding": "aes128gcm",
      TTL: "86400",
      Topic: "tvwrong00001",
    });
    expect(request?.body.length).toBeLessThanOrEqual(4096);
    expect(String(request?.body)).not.toContain("outage");
  });

  test("whose keys are no keys is refused before anything leaves", async () => {
    const transport = openWebPush(
      {} as HttpSender,
      { subject: "mailto:a@example.com", publicKey: "", privateKey: "" },
      Date.now,
    );
    const message = channels.webpush.compose(
      channels.webpush.render(noticeOf("incident_opened")),
      recipientOf("webpush", JSON.stringify({ endpoint, keys })),
      "delivery1",
    );
    expect(await transport.send(message, new AbortController().signal)).toMatchObject({ outcome: "refused" });
  });
});
