import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { authenticate } from "mailauth";
import { simpleParser } from "mailparser";
import { afterAll, describe, expect, test } from "vitest";
import { email } from "#lib/delivery/channels/email/email.ts";
import { LAYOUT } from "#lib/delivery/channels/email/layout.ts";
import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import type { Recipient } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import { noticeOf, recipientOf } from "./notice.ts";

const RULES = { allowPrivateTargets: false };
const NOW = Date.parse("2026-01-05T12:00:00Z");
const folder = mkdtempSync(join(tmpdir(), "candor-mail-"));
afterAll(() => rmSync(folder, { recursive: true }));

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const transport = openEmail({
  folder,
  from: () => ({ name: "Example Cloud", address: "notices@status.example.com" }),
  dkim: { domain: "example.com", selector: "candor", privateKey: keys.privateKey },
  now: () => NOW,
});

const customer = recipientOf("email", "customer1@example.org");

async function mailOf(notice: Notice, id: string, recipient: Recipient = customer): Promise<Buffer> {
  const message = email.compose(email.render(notice), recipient, id);
  expect(await transport.send(message, new AbortController().signal)).toMatchObject({ outcome: "accepted" });
  return readFileSync(join(folder, `${id}.eml`));
}

/** The zone of the signing domain, without a network. */
const resolver = (name: string, type: string) => {
  if (name === "candor._domainkey.example.com" && type === "TXT")
    return Promise.resolve([[`v=DKIM1; k=rsa; p=${keys.publicKey.toString("base64")}`]]);
  return Promise.reject(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));
};

describe("the headers", () => {
  test("are those of a notice: one recipient, a list, no automatic answers", async () => {
    const { headers, headerLines, ...mail } = await simpleParser(await mailOf(noticeOf("incident_updated"), "one"));
    expect(headerLines.map(({ key, line }) => (key === "dkim-signature" ? key : line))).toMatchSnapshot();
    expect(mail.messageId).toBe("<one@status.example.com>");
    expect(mail.date).toEqual(new Date(NOW));
    expect([mail.to].flat().flatMap((each) => each?.value ?? [])).toEqual([
      { address: "customer1@example.org", name: "" },
    ]);
  });

  test("cannot be added to by what an author writes", async () => {
    const plain = noticeOf("incident_updated");
    const title = "Calm\r\nBcc: other@example.net\nX-Own: 1";
    const raw = String(await mailOf({ ...plain, event: { ...plain.event, title } }, "injected"));
    expect(raw.slice(0, raw.indexOf("\r\n\r\n"))).not.toMatch(/^(?:bcc|x-own):/im);
    expect((await simpleParser(raw)).subject).toBe("[Example Cloud] Calm Bcc: other@example.net X-Own: 1");
  });

  test("are signed, both List-Unsubscribe headers included, as another's library finds", async () => {
    const { dkim } = await authenticate(await mailOf(noticeOf("incident_updated"), "signed"), {
      resolver,
      trustReceived: false,
    });
    const [signature] = dkim.results;
    expect(signature?.status).toMatchObject({ result: "pass", aligned: "example.com" });
    const signed = String(signature?.signingHeaders?.keys).toLowerCase().split(": ");
    expect(signed).toEqual(
      expect.arrayContaining(["from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post"]),
    );
  });

  test("no longer hold when a signed header is changed", async () => {
    const raw = String(await mailOf(noticeOf("incident_updated"), "changed"));
    const changed = raw.replace("List-Unsubscribe=One-Click", "List-Unsubscribe=Two-Clicks");
    const { dkim } = await authenticate(Buffer.from(changed), { resolver, trustReceived: false });
    expect(dkim.results[0]?.status.result).toBe("fail");
  });
});

describe("a thread", () => {
  test("holds all mails about one incident together", async () => {
    const kinds = ["incident_opened", "incident_updated", "incident_resolved"] as const;
    const mails = await Promise.all(
      kinds.map(async (kind, n) => simpleParser(await mailOf(noticeOf(kind, { id: `notice${n}` }), `thread${n}`))),
    );
    expect(new Set(mails.map(({ subject }) => subject)).size).toBe(1);
    expect(new Set(mails.map(({ references }) => references?.[0])).size).toBe(1);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(3);
  });

  test("a correction answers the mail that it corrects", async () => {
    const wrong = await simpleParser(
      await mailOf(noticeOf("incident_updated", { id: "zyxwvutsrqponmlkjihgfedc" }), "wrong"),
    );
    const known = await simpleParser(
      await mailOf(noticeOf("correction"), "right", { ...customer, corrected: "wrong" }),
    );
    expect(known.inReplyTo).toBe(wrong.messageId);
    expect(known.subject).toBe("[Example Cloud] Correction: Real-time updates reached the wrong televisions");
    expect(known.references?.[0]).toBe(wrong.references?.[0]);
    const unknown = await simpleParser(await mailOf(noticeOf("correction"), "right2"));
    expect(wrong.references).toContain(unknown.inReplyTo);
  });
});

describe("the content", () => {
  test("is text and HTML that say the same", async () => {
    const { html, text = "" } = await simpleParser(await mailOf(noticeOf("incident_resolved"), "content"));
    expect(text).toMatchSnapshot();
    for (const words of ["The release is rolled back.", "23 August 2017 at 11:11 CEST (UTC+02:00)", "Unsubscribe"]) {
      expect(text).toContain(words);
      expect(html).toContain(words);
    }
    expect(text).toContain("See the manual (https://status.example.com/help/screens)");
  });

  test("loads nothing and runs nothing", async () => {
    const body = '![x](https://evil.example/p.png) <script>1</script> <img src="//evil.example/x">';
    const plain = noticeOf("incident_updated");
    const hostile = { ...plain, updates: plain.updates.map((update) => ({ ...update, body })) };
    const html = String((await simpleParser(await mailOf(hostile, "hostile"))).html);
    expect(html).not.toMatch(/<(?:img|script|iframe|object|link|form)\b|url\(|@import|src=/i);
  });

  test("stands in a layout whose elements all end, for Outlook and for everybody else", () => {
    const conditional = /<!--\[if ([^\]]*)\]>(<!-->)?([\s\S]*?)(?:<!--)?<!\[endif\]-->/g;
    const forOutlook = LAYOUT.replace(conditional, (_all, _test, _others, held) => held);
    const forOthers = LAYOUT.replace(conditional, (_all, _test, others, held) => (others ? held : ""));
    expect(forOutlook).toContain(
      '<table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook"',
    );
    expect(forOthers).not.toContain("card-outlook");
    for (const html of [forOutlook, forOthers]) expect(unfinished(html)).toEqual([]);
  });

  test("has its slots in the layout once each, but for what stands twice", () => {
    const slots = [...LAYOUT.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
    const twice = ["language", "subject"];
    const once = ["preview", "role", "site", "kicker", "title", "content", "link", "action", "footer"];
    expect(slots.sort()).toEqual([...twice, ...twice, ...once].sort());
  });
});

/** Elements that are not closed in the order in which they were opened, and ends of what was not open. */
function unfinished(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = "", selfClosing] of html.matchAll(/<(\/?)([a-z][\w:]*)[^>]*?(\/?)>/gi)) {
    if (selfClosing !== "" || /^(?:meta|br)$/i.test(name)) continue;
    if (slash === "") open.push(name);
    else if (open.pop() !== name) wrong.push(name);
  }
  return [...wrong, ...open];
}

test("a file is there whole or not at all, and once for one message", async () => {
  await mailOf(noticeOf("incident_updated"), "twice");
  await mailOf(noticeOf("incident_updated"), "twice");
  expect(readdirSync(folder).filter((file) => file.includes("twice"))).toEqual(["twice.eml"]);
  expect(readdirSync(folder).filter((file) => file.startsWith("."))).toEqual([]);
});

describe("an address", () => {
  test.each([
    [" Name@Example.COM ", "name@example.com"],
    ["a+b@mail.example.co.uk", "a+b@mail.example.co.uk"],
    [" Gräfin.Ü@Example.com", "gräfin.ü@example.com"],
    ["Gra\u0308fin@example.com", "gr\u00e4fin@example.com"],
    ["名@例え.example", "名@xn--r8jz45g.example"],
    ["o'neil@bücher.example", "o'neil@xn--bcher-kva.example"],
  ])("%s is kept as %s", (typed, value) => expect(email.readAddress(typed, RULES)).toEqual({ value }));

  test.each([
    "",
    "name",
    "@example.com",
    "name@",
    "name@localhost",
    "name@127.0.0.1",
    "name@[127.0.0.1]",
    "a b@example.com",
    "a@b@example.com",
    "name@example.com\r\nBcc: other@example.net",
    '"quoted"@example.com',
    "a..b@example.com",
    "<name@example.com>",
    "name@example.com,other@example.net",
    `${"a".repeat(65)}@example.com`,
    `${"名".repeat(22)}@example.com`,
    "a\u200bb@example.com",
    "a\u00a0b@example.com",
    "a＠b@example.com",
  ])("%j is none", (typed) =>
    expect(email.readAddress(typed, RULES)).toMatchObject({ fault: expect.stringMatching(/^mail/) }),
  );

  test("is shown to an operator without its parts", () => expect(email.mask("customer@example.org")).toBe("c…@e….org"));
});
