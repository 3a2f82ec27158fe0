import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import { siteDescription, siteTitle } from "#lib/messages/naming.ts";
import "./styles/all.css";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { cardAt } from "#lib/site/views/card.ts";
import { directionOf } from "#lib/site/views/direction.ts";
import { ICONS } from "#lib/site/views/manifest.ts";
import { reader } from "#lib/web/reader.ts";

export const dynamic = "force-dynamic";

export function generateMetadata(): Metadata {
  const { config } = reader().site();
  const { url, locale } = config;
  const title = siteTitle(config);
  return {
    metadataBase: new URL(url),
    title: { default: title, template: `%s · ${title}` },
    description: siteDescription(config),
    icons: {
      icon: [
        { url: ICONS.favicon, sizes: "32x32" },
        { url: "/favicon.svg", type: "image/svg+xml" },
      ],
      apple: ICONS.touch,
    },
    manifest: "/site.webmanifest",
    openGraph: {
      type: "website",
      siteName: title,
      locale: locale.replace("-", "_"),
      images: [cardAt("/card.png", title)],
    },
    twitter: { card: "summary_large_image" },
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport = { colorScheme: "light dark" };

export default function Layout({ children }: { readonly children: ReactNode }) {
  const { name, locale } = reader().site().config;
  const feedTitle = (form: string) => messagesIn(locale).frame.feedTitle({ name, form });
  return (
    <html lang={languageIn(locale)} dir={directionOf(locale)} data-locale={locale}>
      <head>
        {/* Before the first paint, so that a theme the reader chose does not flash; it is a few hundred bytes. */}
        <script src="/assets/candor.js" data-candor="" />
        {reader().told && <script src="/assets/live.js" data-candor="" defer />}
        {/* Not as metadata: a page that names its own canonical address would leave them out. */}
        <link rel="alternate" type="application/atom+xml" href="/history.atom" title={feedTitle("Atom")} />
        <link rel="alternate" type="application/rss+xml" href="/history.rss" title={feedTitle("RSS")} />
        <link rel="alternate" type="application/feed+json" href="/feed.json" title={feedTitle("JSON Feed")} />
      </head>
      <body>{children}</body>
    </html>
  );
}
