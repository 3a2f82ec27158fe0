import type { ReactNode } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { PAGES } from "#lib/site/views/pages.ts";
import { Live, type LiveProps } from "../live/live.tsx";

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
  const { name, support, timezone, locale } = site.config;
  const { frame } = messagesIn(locale);
  return (
    <>
      <a className="skip" href="#main">
        {frame.skip}
      </a>
      <header className="header">
        <a className="header-name" href="/">
          {name}
        </a>
        <nav aria-label={frame.main}>
          {PAGES.map(
            ({ path, menu }) =>
              menu && (
                <a key={path} href={path} aria-current={path === here ? "page" : undefined}>
                  {frame[menu]}
                </a>
              ),
          )}
        </nav>
        <a className="header-subscribe" href="/subscribe" aria-current={here === "/subscribe" ? "page" : undefined}>
          {frame.subscribe}
        </a>
      </header>
      {live?.told && <Live components={live.components} told={live.told} site={site} />}
      <main id="main">{children}</main>
      <footer className="footer" {...scriptWords(site)}>
        {(support.url ?? support.email ?? support.phone) !== undefined && (
          <p>
            {support.url && <a href={support.url}>{frame.help}</a>}
            {support.email && <a href={`mailto:${support.email}`}>{support.email}</a>}
            {support.phone && <a href={`tel:${support.phone.replace(/[^+\d]/g, "")}`}>{unbroken(support.phone)}</a>}
          </p>
        )}
        <p>
          {frame.follow} <a href="/history.atom">Atom</a> <a href="/history.rss">RSS</a> <a href="/feed.json">JSON</a>{" "}
          <a href="/calendar.ics">{frame.calendar}</a> <a href="/api">API</a>
        </p>
        <p className="footer-zone" data-zone={timezone}>
          {frame.zone({ zone: timezone.replaceAll("_", " ") })}
        </p>
      </footer>
    </>
  );
}

/** What the page's script says around its buttons. It fills the gaps that stand open. */
function scriptWords({ config }: Site): Readonly<Record<`data-${string}`, string>> {
  const { copy, dark, days, light, ownZone, showOwn, showSite } = messagesIn(config.locale).script;
  const [zone, time] = [config.timezone.replaceAll("_", " "), "{time}"];
  return {
    "data-own-zone": ownZone({ zone: "{zone}", days: days({ zone }) }),
    "data-show-own": showOwn,
    "data-show-site": showSite({ zone }),
    "data-light": light,
    "data-dark": dark,
    "data-copy": copy({ time }),
  };
}

/** A number of several groups stays on one line. */
function unbroken(phone: string): string {
  return phone.replaceAll(" ", "\u00a0");
}
