import type { ReactNode } from "react";
import type { Site } from "#lib/model/site.ts";
import { Live, type LiveProps } from "../live/live.tsx";

const PAGES = [
  ["/", "Status"],
  ["/history", "History"],
  ["/maintenance", "Maintenance"],
  ["/reports", "Reports"],
] as const;

export interface FrameProps {
  readonly site: Site;
  /** Path of the part of the site this page belongs to. */
  readonly here: string;
  readonly children: ReactNode;
  /** What keeps the page true while it stays open; left out of pages that news does not change. */
  readonly live?: Pick<LiveProps, "components"> & { readonly told: LiveProps["told"] | undefined };
}

/** What stands around every page: the name, the way about, the feeds and whom to ask. */
export function Frame({ site, here, children, live }: FrameProps) {
  const { name, support, timezone } = site.config;
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="header">
        <a className="header-name" href="/">
          {name}
        </a>
        <nav aria-label="Main">
          {PAGES.map(([path, label]) => (
            <a key={path} href={path} aria-current={path === here ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <a className="header-subscribe" href="/subscribe" aria-current={here === "/subscribe" ? "page" : undefined}>
          Subscribe
        </a>
      </header>
      {live?.told && <Live components={live.components} told={live.told} />}
      <main id="main">{children}</main>
      <footer className="footer">
        {(support.url ?? support.email ?? support.phone) !== undefined && (
          <p>
            {support.url && <a href={support.url}>Help</a>}
            {support.email && <a href={`mailto:${support.email}`}>{support.email}</a>}
            {support.phone && <a href={`tel:${support.phone.replace(/[^+\d]/g, "")}`}>{unbroken(support.phone)}</a>}
          </p>
        )}
        <p>
          Follow: <a href="/history.atom">Atom</a> <a href="/history.rss">RSS</a> <a href="/feed.json">JSON</a>{" "}
          <a href="/calendar.ics">Calendar</a> <a href="/api">API</a>
        </p>
        <p className="footer-zone" data-zone={timezone}>
          Times are in {timezone.replaceAll("_", " ")} unless they say otherwise.
        </p>
      </footer>
    </>
  );
}

/** A number of several groups stays on one line. */
function unbroken(phone: string): string {
  return phone.replaceAll(" ", "\u00a0");
}
