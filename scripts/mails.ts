import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { chromium } from "@playwright/test";
import { email } from "#lib/delivery/channels/email/email.ts";
import { letterTo } from "#lib/delivery/channels/email/letters.ts";
import { escapeHtml, type Mail } from "#lib/delivery/channels/email/mail.ts";
import type { Message } from "#lib/model/delivery.ts";
import { NOTICE_KINDS } from "#lib/model/notice.ts";
import { noticeOf, recipientOf } from "#tests/channels/notice.ts";
import { hostileNotice } from "#tests/contract/hostile.ts";
import { findBrowser } from "./browser.ts";

/**
 * `node scripts/mails.ts`: every mail there is, as text, as HTML and as pictures on a phone and a desktop, light and dark,
 * in artifacts/mails with a page that shows them all. For people to look at.
 */
const FOLDER = resolve("artifacts/mails");

const SITE = noticeOf("incident_updated").site;
const ADDRESS = "customer@example.org";
const customer = recipientOf("email", ADDRESS);
const url = `${SITE.url}/subscriptions/token-of-1-0123456789`;
const composed = (notice: ReturnType<typeof noticeOf>) => email.compose(email.render(notice), customer, "delivery1");

const MESSAGES: Readonly<Record<string, Message>> = {
  ...Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, composed(noticeOf(kind))])),
  hostile_markup: composed(hostileNotice("markup")),
  hostile_length: composed(hostileNotice("a megabyte without a space")),
  right_to_left: composed(hostileNotice("right to left")),
  letter_confirm: letterTo(ADDRESS, { kind: "confirm", url: `${url}/confirm`, validHours: 24 }, SITE, "letter1"),
  letter_known: letterTo(ADDRESS, { kind: "known", url }, SITE, "letter2"),
  letter_quarantined: letterTo(
    ADDRESS,
    { kind: "quarantined", url, receiver: "hooks.example.com/…et", detail: "The receiver answered 500." },
    SITE,
    "letter3",
  ),
  letter_ended: letterTo(
    ADDRESS,
    { kind: "ended", url, receiver: "hooks.example.com/…et", detail: "The receiver answered 410." },
    SITE,
    "letter4",
  ),
};

const VIEWS = [
  ["phone", 390, "light"],
  ["phone", 390, "dark"],
  ["desktop", 1280, "light"],
  ["desktop", 1280, "dark"],
] as const;

mkdirSync(FOLDER, { recursive: true });
const executablePath = findBrowser();
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
try {
  for (const [name, message] of Object.entries(MESSAGES)) {
    const mail = JSON.parse(message.body) as Mail;
    writeFileSync(resolve(FOLDER, `${name}.html`), mail.html);
    writeFileSync(resolve(FOLDER, `${name}.txt`), `Subject: ${mail.subject}\n\n${mail.text}`);
  }
  for (const [device, width, colorScheme] of VIEWS) {
    const page = await browser.newPage({ viewport: { width, height: 700 }, colorScheme });
    for (const [name, message] of Object.entries(MESSAGES)) {
      await page.setContent((JSON.parse(message.body) as Mail).html);
      await page.screenshot({ path: resolve(FOLDER, `${name}-${device}-${colorScheme}.png`), fullPage: true });
    }
    await page.close();
  }
} finally {
  await browser.close();
}
writeFileSync(resolve(FOLDER, "index.html"), indexPage());
process.stdout.write(`${Object.keys(MESSAGES).length} mails: ${resolve(FOLDER, "index.html")}\n`);

function indexPage(): string {
  const figures = (name: string) =>
    VIEWS.map(
      ([device, width, scheme]) =>
        `<figure><figcaption>${device}, ${scheme}</figcaption><img src="${name}-${device}-${scheme}.png" width="${width / 2}" alt="${name}"></figure>`,
    ).join("");
  const sections = Object.entries(MESSAGES).map(([name, message]) => {
    const { subject, text } = JSON.parse(message.body) as Mail;
    return `<h2 id="${name}">${name}</h2><p><b>${escapeHtml(subject)}</b> · <a href="${name}.html">HTML</a> · <a href="${name}.txt">text</a></p><div class="row">${figures(name)}<pre>${escapeHtml(text)}</pre></div>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails</title><style>body{font:16px system-ui;margin:2rem}.row{display:flex;gap:1rem;align-items:start;overflow-x:auto}figure{margin:0}img{border:1px solid #ccc}pre{background:#f4f4f4;padding:1rem;min-width:40rem;max-height:40rem;overflow:auto;white-space:pre-wrap}</style><h1>Every mail</h1>${sections.join("")}</html>`;
}
