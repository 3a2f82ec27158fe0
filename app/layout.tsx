import "./styles/all.css";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { cardAt } from "#lib/site/views/card.ts";
import { directionOf } from "#lib/site/views/direction.ts";
import { reader } from "#lib/web/reader.ts";

export const dynamic = "force-dynamic";

export function generateMetadata(): Metadata {
  const { name, url, description, locale } = reader().site().config;
  return {
    metadataBase: new URL(url),
    title: { default: `${name} status`, template: `%s · ${name} status` },
    description,
    icons: { icon: { url: "/favicon.svg", type: "image/svg+xml" } },
    openGraph: {
      type: "website",
      siteName: `${name} status`,
      locale: locale.replace("-", "_"),
      images: [cardAt("/card.png", `${name} status`)],
    },
    twitter: { card: "summary_large_image" },
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

export const viewport = { colorScheme: "light dark" };

export default function Layout({ children }: { readonly children: ReactNode }) {
  const { name, locale } = reader().site().config;
  return (
    <html lang={locale} dir={directionOf(locale)}>
      <head>
        {/* Before the first paint, so that a theme the reader chose does not flash; it is a few hundred bytes. */}
        <script src="/assets/candor.js" data-candor="" />
        {reader().told && <script src="/assets/live.js" data-candor="" defer />}
        {/* Not as metadata: a page that names its own canonical address would leave them out. */}
        <link rel="alternate" type="application/atom+xml" href="/history.atom" title={`${name} incidents (Atom)`} />
        <link rel="alternate" type="application/rss+xml" href="/history.rss" title={`${name} incidents (RSS)`} />
        <link rel="alternate" type="application/feed+json" href="/feed.json" title={`${name} incidents (JSON Feed)`} />
      </head>
      <body>{children}</body>
    </html>
  );
}
