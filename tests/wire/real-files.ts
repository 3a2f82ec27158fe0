import { existsSync, readdirSync, readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { importCstate } from "#lib/content/import/cstate.ts";
import type { ForeignFile, Imported } from "#lib/content/import/imported.ts";
import { importPostmortems } from "#lib/content/import/postmortems.ts";
import { importStatuspage } from "#lib/content/import/statuspage.ts";
import { slugOf } from "#lib/content/parse/entry.ts";

const CORPORA = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora");

/** As many of a collection that has more. */
const MOST = 150;

const SOURCES: readonly (readonly [folder: string, move: (files: readonly ForeignFile[]) => Imported])[] = [
  ["cstate/jenkins", importCstate],
  ["cstate/x4b", importCstate],
  ["cstate/um-grex", importCstate],
  ["cstate/wikibase", importCstate],
  ["statuspage/github", importStatuspage],
  ["postmortems/icco", importPostmortems],
];

/** A content folder that was really written, or the demonstration's where those are not at hand: paths and bytes. */
export async function realContent(): Promise<[string, Uint8Array | string][]> {
  if (!existsSync(CORPORA)) {
    const own: [string, Uint8Array][] = [];
    for await (const path of glob("**/*.*", { cwd: "incidents" }))
      own.push([path, readFileSync(join("incidents", path))]);
    return own;
  }
  const entries = new Map<string, [string, string]>();
  const components = new Map<string, unknown>();
  for (const [folder, move] of SOURCES) {
    const { files } = move(readForeign(join(CORPORA, folder)));
    const site = parse(files.find(({ path }) => path === "site.yaml")?.text ?? "") as { components?: { id: string }[] };
    for (const each of site.components ?? []) components.set(each.id, each);
    for (const { path, text } of files.filter(({ path: each }) => each.endsWith(".md")).slice(0, MOST))
      entries.set(slugOf(path), [`${folder.replace("/", "-")}/${path}`, text]);
  }
  const about = { name: "Several", url: "https://status.example.com", timezone: "UTC" };
  return [["site.yaml", stringify({ ...about, components: [...components.values()] })], ...entries.values()];
}

function readForeign(root: string): ForeignFile[] {
  return readdirSync(root, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((item) => item.isFile() && /\.(?:md|ya?ml|json)$/.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .map((path) => ({ path: path.slice(root.length + 1), bytes: readFileSync(path) }));
}

/** Ways in which hands write what an importer writes in its own way; each leaves the meaning of a file as it is. */
export const HANDS: Readonly<Record<string, (text: string) => string>> = {
  "as imported": (text) => text,
  "line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "a byte order mark": (text) => `\ufeff${text}`,
  "comments above keys": (text) =>
    inFront(text, (front) => front.replace(/^(?=[a-z]+:)/gm, "# ask before this changes: 2020-01-01, “x”\n")),
  "comments behind values": (text) =>
    inFront(text, (front) =>
      front.replace(/^( *(?:- )?(?:at|status|started|ended|impact): [^"'\n#]+)$/gm, "$1   # why"),
    ),
  "other quotes": (text) =>
    inFront(text, (front) =>
      front.replace(/^(title|impact): ([^"'\n#|>\\]+)$/gm, (_, key, value) => `${key}:  '${value}'`),
    ),
  "a list without indentation": (text) =>
    inFront(text, (front) =>
      front.replace(/^updates:\n((?: {2}.*\n|\n)+)/m, (_, list: string) => `updates:\n${list.replace(/^ {2}/gm, "")}`),
    ),
  "air between updates": (text) => inFront(text, (front) => front.replace(/^(?= *- at: )/gm, "\n")),
  "a draft": (text) => inFront(text, (front) => `# not yet\ndraft: true   # until legal has read it\n${front}`),
};

function inFront(text: string, change: (front: string) => string): string {
  const end = text.indexOf("\n---\n", 4) + 1;
  return `---\n${change(text.slice(4, end))}${text.slice(end)}`;
}
