import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { check } from "#lib/content/check/check.ts";
import type { ForeignFile, Imported } from "#lib/content/import/imported.ts";
import { parseEntry } from "#lib/content/parse/entry.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const FIXTURES = join(ROOT, "tests/fixtures/import-cstate");
export const CORPORA = resolve(ROOT, process.env["CANDOR_CORPORA"] ?? "../shared/corpora");

/** Whether real sites are at hand; without them the same is asked of the project's own small ones. */
export const hasCorpora = existsSync(join(CORPORA, "cstate"));

/** cState sites by name: real ones where they are at hand, and always the project's own. */
export const sites: readonly { readonly name: string; readonly folder: string }[] = [
  ...foldersIn(FIXTURES).map((name) => ({ name, folder: join(FIXTURES, name) })),
  ...(hasCorpora
    ? foldersIn(join(CORPORA, "cstate")).map((name) => ({ name, folder: join(CORPORA, "cstate", name) }))
    : []),
];

/** Every version that two real sites ever held of their incidents, as one site; nothing where they are not at hand. */
export function historyFiles(): ForeignFile[] {
  const folder = join(CORPORA, "history");
  if (!existsSync(folder)) return [];
  return filesIn(folder)
    .filter(({ path }) => path.endsWith(".md"))
    .map(({ path, bytes }) => ({ path: `content/issues/${path.replace("/", "-")}`, bytes }));
}

export function fixture(name: string): ForeignFile[] {
  return filesIn(join(FIXTURES, name));
}

export function filesIn(folder: string): ForeignFile[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => ({ path: path.replaceAll("\\", "/"), bytes: new Uint8Array(readFileSync(join(folder, path))) }));
}

/** A file made in a test. */
export function file(path: string, text: string): ForeignFile {
  return { path, bytes: new TextEncoder().encode(text) };
}

/** What Candor reads of an imported folder. */
export interface Read {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly zone: string;
  /** Errors, and warnings of rules that an import can keep. */
  readonly problems: readonly Problem[];
}

/** Images that the old site loaded from elsewhere or described with no word, and what its writers left out, are as they were. */
const NOT_OURS = new Set(["remote-image", "image-alt", "report-sections", "next-update"]);

export function readBack({ files, assets }: Imported): Read {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const site = files.find(({ path }) => path === "site.yaml");
  const { value: config, problems } = parseSite("site.yaml", bytes(site?.text ?? ""));
  if (!config) throw new Error(`site.yaml: ${JSON.stringify(problems)}`);
  const incidents = files.filter(({ path }) => path.endsWith(".md"));
  const parsed = incidents.map(({ path, text }) => parseEntry(path, bytes(text), config.timezone));
  const paths = new Set([...files, ...assets].map(({ path }) => path));
  const checked = check({ config, parsed, paths, now: Date.parse("2100-01-01T00:00:00Z") });
  return {
    entries: new Map(parsed.flatMap(({ file: path, entry }) => (entry ? [[path, entry]] : []))),
    zone: config.timezone,
    problems: checked.problems.filter(({ rule }) => !NOT_OURS.has(rule)),
  };
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort();
}
