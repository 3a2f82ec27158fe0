import { createElement, type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { email } from "#lib/delivery/channels/email/email.ts";
import type { Mail } from "#lib/delivery/channels/email/mail.ts";
import { embedPage } from "#lib/site/views/embed.ts";
import { boardPage } from "#lib/site/views/wallboard.ts";
import { provideReader } from "#lib/web/reader.ts";
import EventPage from "../../app/incidents/[slug]/page.tsx";
import Layout from "../../app/layout.tsx";
import { noticeOf, recipientOf } from "../channels/notice.ts";
import { siteOf } from "../render/site.ts";

const siteIn = (locale: string) =>
  siteOf(
    { "a.md": "---\ntitle: Die Seite fehlt\nstarted: 2026-11-22T09:00Z\n---\nEin Bericht.\n" },
    { site: `name: Lumen\nurl: https://status.lumen.example\nlocale: ${locale}\n` },
  );

async function pageIn(locale: string): Promise<string> {
  const site = siteIn(locale);
  provideReader({ site: () => site, now: () => site.now, image: () => Promise.resolve(undefined) });
  const page: ReactNode = await EventPage({ params: Promise.resolve({ slug: "a" }) });
  return renderToStaticMarkup(createElement(Layout, null, page));
}

test("a page says that its words are English, and in which language its authors write", async () => {
  const page = await pageIn("de");
  expect(page).toContain('<html lang="en" dir="ltr" data-locale="de">');
  expect(page).toContain('<bdi lang="de">Die Seite fehlt</bdi>');
  expect(page).toContain('<div class="prose" lang="de" dir="auto"><p>Ein Bericht.</p>');
  expect(page).toContain("22. November 2026");
});

test("where both are the same, the page says it once, as exactly as the site does", async () => {
  const page = await pageIn("en-GB");
  expect(page).toContain('<html lang="en-GB" dir="ltr" data-locale="en-GB">');
  expect(page).toContain("<bdi>Die Seite fehlt</bdi>");
  expect(page).toContain('<div class="prose" dir="auto">');
});

test("boards and frames do as pages do", () => {
  const board = boardPage(siteIn("de"), { asked: [] });
  expect(board).toContain('<html lang="en" dir="ltr" data-locale="de">');
  expect(board).toContain('<h2><bdi lang="de">Die Seite fehlt</bdi></h2>');
  const frame = embedPage(siteIn("de"), { isQuiet: false });
  expect(frame).toContain('<html lang="en">');
  expect(frame).toContain('target="_top" lang="de">Die Seite fehlt</a>');
});

test("a mail does as well, in its head and in its HTML", () => {
  const mailIn = (locale: string) => {
    const notice = noticeOf("incident_updated");
    const rendering = email.render({ ...notice, site: { ...notice.site, locale } });
    return JSON.parse(email.compose(rendering, recipientOf("email", "a@lumen.example"), "id-1").body) as Mail;
  };
  const german = mailIn("de");
  expect(german.language).toBe("en");
  expect(german.html).toContain('<html lang="en"');
  expect(german.html).toContain('<span lang="de">Real-time updates');
  expect(german.html).toContain('<div lang="de"><p>A faulty release');
  const british = mailIn("en-GB");
  expect(british.language).toBe("en-GB");
  expect(british.html.match(/ lang="[^"]*"/g)).toEqual([' lang="en-GB"', ' lang="en-GB"']);
});
