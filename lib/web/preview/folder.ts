import { statSync } from "node:fs";
import { join } from "node:path";
import { conclude } from "#lib/content/check/check.ts";
import { checkFiles, readBytes } from "#lib/content/folder/check-files.ts";
import { checkFolder, listPaths } from "#lib/content/folder/folder.ts";
import { parseEntry, slugOf } from "#lib/content/parse/entry.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import { failure } from "#lib/model/failure.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import { compile } from "#lib/site/compile/compile.ts";

/** A content folder as a writer sees it while writing: every file in the last form that could be shown. */
export interface WrittenFolder {
  readonly config: SiteConfig;
  /** In order of their files, drafts included. */
  readonly entries: readonly Entry[];
  /** Paths of the pictures that they show. */
  readonly images: readonly string[];
  readonly problems: readonly Problem[];
  /** Only what changed was judged, so what files say of one another may be missing or out of date. */
  readonly isPartial: boolean;
  /** Every path in the folder with what tells one state of its file from another. */
  readonly stamps: ReadonlyMap<string, string>;
}

/** What is known besides the folder. */
export interface Known {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The slugs that readers know. */
  readonly published?: readonly string[];
}

/** Reads a whole folder. @throws when it has no site.yaml that could be read, and `before` none either */
export async function readFolder(folder: string, known: Known, before?: WrittenFolder): Promise<WrittenFolder> {
  const { now, published } = known;
  const stamps = await stampsOf(folder);
  const checked = await checkFolder(folder, now, { published });
  const config = checked.config ?? before?.config;
  if (!config) throw siteFault(checked.problems);
  const good = new Map(checked.entries.map((entry) => [entry.file, entry]));
  const files = [...stamps.keys()].filter((path) => path.endsWith(".md"));
  const shown = files.map((file) => good.get(file) ?? lastForm(folder, file, config, now, before));
  return {
    config,
    entries: oneEachAddress(shown),
    images: [...new Set([...checked.images, ...(before?.images ?? [])])].filter((path) => stamps.has(path)),
    problems: checked.problems,
    isPartial: false,
    stamps,
  };
}

/**
 * Reads what has changed since: only the files that did, as long as none came or went and site.yaml stayed, so that a
 * folder of ten thousand files is as quick as one of ten.
 * @returns the same value when nothing has changed
 */
export async function readChanges(folder: string, known: Known, before: WrittenFolder): Promise<WrittenFolder> {
  const stamps = await stampsOf(folder);
  const changed = [...stamps.keys()].filter((path) => stamps.get(path) !== before.stamps.get(path));
  const areOthers = stamps.size !== before.stamps.size || changed.some((path) => !before.stamps.has(path));
  if (changed.length === 0 && !areOthers) return before;
  if (areOthers || changed.includes("site.yaml")) return readFolder(folder, known, before);

  const { config } = before;
  const { now } = known;
  const paths = [...stamps.keys()];
  const files = changed.filter((path) => path.endsWith(".md"));
  const result = checkFiles({ folder, files, paths, config, now });
  const checked = conclude([result], { config, paths: new Set(paths), now });
  const good = new Map(checked.entries.map((entry) => [entry.file, entry]));
  const fresh = new Map(files.map((file) => [file, good.get(file) ?? lastForm(folder, file, config, now, before)]));
  const entries = before.entries.filter(({ file }) => !fresh.has(file));
  return {
    config,
    entries: oneEachAddress([...entries, ...fresh.values()]),
    images: [...new Set([...before.images, ...checked.images])],
    problems: [...before.problems.filter(({ place }) => !fresh.has(place.file)), ...checked.problems].sort(byFile),
    isPartial: true,
    stamps,
  };
}

/** When each file was last written, and how long it is. A file that goes while it is looked at is gone. */
async function stampsOf(folder: string): Promise<Map<string, string>> {
  const stamps = new Map<string, string>();
  for (const path of await listPaths(folder)) {
    const stat = statSync(join(folder, path), { throwIfNoEntry: false });
    if (stat) stamps.set(path, `${stat.mtimeMs} ${stat.size} ${stat.ino}`);
  }
  return stamps;
}

/** What to show of a file that has errors: its last good form; where there was none, what it says as far as that can be drawn. */
function lastForm(
  folder: string,
  file: string,
  config: SiteConfig,
  now: number,
  before: WrittenFolder | undefined,
): Entry | undefined {
  const last = before?.entries.find((entry) => entry.file === file);
  if (last) return last;
  try {
    const { entry } = parseEntry(file, readBytes(join(folder, file)), config.timezone);
    if (entry) compile({ config, entries: [entry], images: [] }, now);
    return entry;
  } catch {
    return undefined;
  }
}

function oneEachAddress(entries: readonly (Entry | undefined)[]): Entry[] {
  const bySlug = new Map<string, Entry>();
  for (const entry of entries) if (entry && !bySlug.has(slugOf(entry.file))) bySlug.set(slugOf(entry.file), entry);
  return [...bySlug.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

function byFile(a: Problem, b: Problem): number {
  return a.place.file === b.place.file ? 0 : a.place.file < b.place.file ? -1 : 1;
}

function siteFault(problems: readonly Problem[]): Error {
  const fault = problems.find(({ place }) => place.file === "site.yaml");
  const message = `site.yaml:${fault?.place.line}: ${fault?.message} ${fault?.remedy}`;
  return failure("NO_SITE", message);
}
