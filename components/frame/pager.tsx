import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";

interface PagerProps {
  readonly site: Site;
  readonly path: string;
  /** What else the page was asked for. */
  readonly query?: Readonly<Record<string, string>>;
  readonly number: number;
  readonly last: number;
}

/** Leads from one part of a long list to the next; a site of files alone has none. */
export function Pager({ site, path, query = {}, number, last }: PagerProps) {
  if (last <= 1) return null;
  const { pager } = messagesIn(site.config.locale);
  const href = (page: number) => `${path}?${new URLSearchParams({ ...query, page: String(page) })}`;
  return (
    <nav className="pager needs-server" aria-label={pager.label}>
      <span>{number > 1 && <a href={href(number - 1)}>{pager.newer}</a>}</span>
      <span>{pager.place({ number, last })}</span>
      <span>{number < last && <a href={href(number + 1)}>{pager.older}</a>}</span>
    </nav>
  );
}
