import { assetPath } from "#lib/markdown/asset-path.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import { type ParsedEntry, slugOf } from "#lib/parse/entry.ts";
import { firstFew } from "#lib/parse/first-few.ts";
import { type Mention, mentionsOf } from "./mentions.ts";
import type { Rule, Subject } from "./rule.ts";
import { RULES } from "./rules.ts";

/** What may be published of a content folder, and everything that is wrong with it. */
export interface Checked {
  /** The entries without an error, drafts included, in order of their files. */
  readonly entries: readonly Entry[];
  /** Paths of the images those entries show. */
  readonly images: readonly string[];
  /** In order of file, line and column. */
  readonly problems: readonly Problem[];
}

export interface Folder {
  readonly config: SiteConfig;
  /** May be made one at a time: each is let go as soon as it is checked. */
  readonly parsed: Iterable<ParsedEntry>;
  /** Every path below the content folder, with `/`. */
  readonly paths: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Runs every rule on every file. A file with an error is left out; its neighbours are not. */
export function check({ config, parsed, paths, now }: Folder, rules: readonly Rule[] = RULES): Checked {
  const slugs = claims(paths);
  const entries: Entry[] = [];
  const images = new Set<string>();
  const problems: Problem[] = [];
  for (const file of parsed) {
    problems.push(...file.problems);
    if (!file.entry) continue;
    const mentions = mentionsOf(file.entry, file);
    const found = findings({ entry: file.entry, parsed: file, config, mentions, paths, slugs, now }, rules);
    problems.push(...found);
    if (found.some(({ severity }) => severity === "error")) continue;
    entries.push(file.entry);
    for (const path of imagesOf(file.entry, mentions, paths)) images.add(path);
  }
  return { entries, images: [...images].sort(), problems: problems.sort(byPlace) };
}

function findings(subject: Subject, rules: readonly Rule[]): Problem[] {
  return rules.flatMap(({ id, severity, check }) =>
    firstFew(check(subject)).map((finding) => ({ rule: id, severity, ...finding })),
  );
}

/** Who claims which address; of several, the first path in order keeps it. Addresses do not differ by capitals alone. */
function claims(paths: ReadonlySet<string>): Map<string, string[]> {
  const slugs = new Map<string, string[]>();
  for (const path of [...paths].filter((path) => path.endsWith(".md")).sort()) {
    const slug = slugOf(path).toLowerCase();
    slugs.set(slug, [...(slugs.get(slug) ?? []), path]);
  }
  return slugs;
}

function imagesOf(entry: Entry, mentions: readonly Mention[], paths: ReadonlySet<string>): string[] {
  return mentions
    .filter(({ kind }) => kind === "image")
    .map(({ value }) => assetPath(entry.file, value))
    .filter((path): path is string => path !== undefined && paths.has(path));
}

function byPlace(a: Problem, b: Problem): number {
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return a.place.line - b.place.line || a.place.column - b.place.column;
}
