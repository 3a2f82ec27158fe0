interface PagerProps {
  readonly path: string;
  /** What else the page was asked for. */
  readonly query?: Readonly<Record<string, string>>;
  readonly number: number;
  readonly last: number;
}

/** Leads from one part of a long list to the next; a site of files alone has none. */
export function Pager({ path, query = {}, number, last }: PagerProps) {
  if (last <= 1) return null;
  const href = (page: number) => `${path}?${new URLSearchParams({ ...query, page: String(page) })}`;
  return (
    <nav className="pager needs-server" aria-label="Pages">
      <span>{number > 1 && <a href={href(number - 1)}>Newer</a>}</span>
      <span>
        Page {number} of {last}
      </span>
      <span>{number < last && <a href={href(number + 1)}>Older</a>}</span>
    </nav>
  );
}
