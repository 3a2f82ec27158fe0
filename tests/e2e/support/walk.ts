import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";

/** What a walk over a site found. */
export interface Walk {
  /** Path, as it is linked to, to the HTML there. */
  readonly pages: ReadonlyMap<string, string>;
  /** Everything else that a page leads to or loads, by its path. */
  readonly files: ReadonlyMap<string, { readonly type: string; readonly body: Buffer }>;
  /** Links that lead nowhere: the page, the link and why. */
  readonly broken: readonly string[];
  /** How many links were followed or checked. */
  readonly links: number;
}

interface Link {
  readonly from: string;
  readonly to: URL;
}

/** How many answers are waited for at once. */
const AT_ONCE = 8;

/** Follows every link and loads every asset of a site from its first page on, fragments included. */
export async function walk(base: string, further: readonly string[] = []): Promise<Walk> {
  const { origin } = new URL(base);
  const pages = new Map<string, string>();
  const ids = new Map<string, ReadonlySet<string>>();
  const files = new Map<string, { type: string; body: Buffer }>();
  const links: Link[] = [];
  const broken = new Map<string, string>();
  const known = new Set<string>();
  let queue = [`${base}/`, ...further.map((path) => base + path)];
  while (queue.length > 0) {
    const batch = queue.splice(0, AT_ONCE);
    await Promise.all(
      batch.map(async (address) => {
        known.add(keyOf(address));
        const answer = await fetch(address);
        const path = keyOf(address);
        const type = answer.headers.get("content-type") ?? "";
        const body = Buffer.from(await answer.arrayBuffer());
        if (answer.status !== 200) broken.set(path, String(answer.status));
        else if (!type.startsWith("text/html")) files.set(path, { type, body });
        else {
          const html = body.toString();
          const found = linksOf(html, answer.url);
          pages.set(path, html);
          ids.set(path, found.ids);
          links.push(...found.links.filter(({ origin: there }) => there === origin).map((to) => ({ from: path, to })));
        }
      }),
    );
    queue = [...new Set([...queue, ...links.map(({ to }) => to.href.replace(/#.*$/, ""))])].filter(
      (address) => !known.has(keyOf(address)),
    );
  }
  return {
    pages,
    files,
    links: links.length,
    broken: links.flatMap(({ from, to }) => {
      const path = keyOf(to.href);
      const status = broken.get(path);
      if (status !== undefined) return [`${from} → ${to.pathname}: ${status}`];
      const id = decodeURIComponent(to.hash.slice(1));
      const isThere = id === "" || (ids.get(path)?.has(id) ?? false);
      return isThere ? [] : [`${from} → ${to.pathname}${to.hash}: no such place`];
    }),
  };
}

/** Path and query of an address; a folder is the same with and without its slash. */
function keyOf(address: string): string {
  const { pathname, search } = new URL(address);
  return (pathname.replace(/(?<=.)\/$/, "") || "/") + search;
}

function linksOf(html: string, address: string): { links: URL[]; ids: Set<string> } {
  const links: URL[] = [];
  const ids = new Set<string>();
  visit(fromHtml(html), "element", ({ tagName, properties }) => {
    if (typeof properties["id"] === "string") ids.add(properties["id"]);
    const refresh = properties["httpEquiv"]?.toString() === "refresh" ? String(properties["content"]) : "";
    const isElsewhere = tagName === "link" && String(properties["rel"]) === "canonical";
    const written = [properties["href"], properties["src"], properties["action"], /url=(.*)$/.exec(refresh)?.[1]];
    for (const link of written) {
      if (typeof link === "string" && !isElsewhere && !/^(?:mailto|tel|data):/.test(link))
        links.push(new URL(link, address));
    }
  });
  return { links, ids };
}
