/** What is put into a page's own place. */
export interface Filling {
  /** As the browser's tab shows it. */
  readonly title: string;
  /** HTML. */
  readonly content: string;
  /** Whether the menu marks the page as the one that is open. */
  readonly isInMenu: boolean;
}

/** A page that the framework has made, with other content in it: everything that stands around it stays as it is. */
export function filled(page: string, { title, content, isInMenu }: Filling): string {
  const [, before, after] = /^(.*<main id="main">).*(<\/main>.*)$/s.exec(page) ?? [];
  if (before === undefined || after === undefined) throw new Error("The page has no place for its content.");
  const head = before.replace(/<title>[^<]*/, () => `<title>${title.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}`);
  return (isInMenu ? head : head.replace(' aria-current="page"', "")) + content + after;
}
