import { assetPath } from "#lib/markdown/asset-path.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Level } from "#lib/model/rule-names.ts";
import { type ParsedEntry, slugOf } from "../parse/entry.ts";
import { firstFew } from "../parse/first-few.ts";
import { withoutSecrets } from "../secrets/mask.ts";
import { type Mention, mentionsOf } from "./mentions.ts";
import { proseOf } from "./prose.ts";
import type { Finding, FolderContext, Rule, RuleContext } from "./rule.ts";
import { RULES } from "./rules.ts";
import { secretsOf } from "./secrets.ts";

/** What may be published of a content folder, and everything that is wrong with it. */
export interface Checked {
  /** The entries without an error, drafts included, in order of their files. */
  readonly entries: readonly Entry[];
  /** Paths of the images those entries show. */
  readonly images: readonly string[];
  /** In order of file, line and column; no secret is shown in them. */
  readonly problems: readonly Problem[];
}

export interface Folder extends FolderContext {
  /** May be made one at a time: each is let go as soon as it is checked. */
  readonly parsed: Iterable<ParsedEntry>;
}

/** What was found in some files of a folder, and what has to be held against the others. A plain value. */
export interface PartialResult {
  /** The entries without an error of their own, each with the paths of its images. */
  readonly judged: readonly { readonly entry: Entry; readonly images: readonly string[] }[];
  readonly problems: readonly Problem[];
  /** What each rule of the whole folder noted, by its id. */
  readonly notes: Readonly<Record<string, readonly unknown[]>>;
}

/** Runs every rule on every file. A file with an error is left out; its neighbours are not. */
export function check(folder: Folder, rules: readonly Rule[] = RULES): Checked {
  return conclude([checkEntry(folder, rules)], folder, rules);
}

/** Looks at some files, one after the other. */
export function checkEntry({ parsed, ...folder }: Folder, rules: readonly Rule[] = RULES): PartialResult {
  const slugs = claims(folder.paths);
  const active = rules.filter((rule) => levelOf(rule, folder) !== "off");
  const judged: PartialResult["judged"][number][] = [];
  const problems: Problem[] = [];
  const notes: Record<string, unknown[]> = {};
  for (const file of parsed) {
    problems.push(...file.problems);
    const entry = file.entry ?? file.partial;
    if (!entry) continue;
    const mentions = mentionsOf(entry, file);
    const secrets = secretsOf(entry, file, folder.config.guard);
    const subject: RuleContext = {
      ...folder,
      entry,
      parsed: file,
      mentions,
      prose: proseOf(entry, file),
      slugs,
      secrets,
    };
    const found: Problem[] = [];
    for (const rule of file.entry ? active : active.filter(({ id }) => TEXT_RULES.has(id))) {
      if ("check" in rule) found.push(...problemsOf(rule, rule.check(subject), folder, entry));
      // biome-ignore lint/suspicious/noAssignInExpressions: the list is made with its first note
      else for (const note of rule.note(subject)) (notes[rule.id] ??= []).push(note);
    }
    problems.push(...found);
    if (!file.entry || found.some(({ severity }) => severity === "error")) continue;
    judged.push({ entry, images: imagesOf(entry, mentions, folder.paths) });
  }
  return { judged, problems, notes };
}

/** Rules that look at texts and names alone: they hold also where the rest of a file is wrong, so that one look finds everything. */
const TEXT_RULES: ReadonlySet<string> = new Set([
  "dead-link",
  "empty-link",
  "heavy-text",
  "image",
  "secret",
  "unknown-component",
  "unknown-directive",
  "unsafe-html",
  "unsafe-link",
]);

/** Puts together what was found in all files of a folder, and holds them against one another. */
export function conclude(
  parts: readonly PartialResult[],
  folder: FolderContext,
  rules: readonly Rule[] = RULES,
): Checked {
  const problems = parts.flatMap((part) => part.problems);
  for (const rule of rules) {
    if ("check" in rule || levelOf(rule, folder) === "off") continue;
    const notes = parts.flatMap((part) => part.notes[rule.id] ?? []);
    problems.push(...problemsOf(rule, rule.compare(notes, folder), folder));
  }
  const broken = new Set(problems.filter(({ severity }) => severity === "error").map(({ place }) => place.file));
  const good = parts.flatMap(({ judged }) => judged).filter(({ entry }) => !broken.has(entry.file));
  return {
    entries: good.map(({ entry }) => entry),
    images: [...new Set(good.flatMap(({ images }) => images))].sort(),
    problems: problems.map((problem) => withoutSecrets(problem, folder.config.guard)).sort(byPlace),
  };
}

/** How much a rule weighs on this site. */
function levelOf({ id, severity }: Rule, { config }: FolderContext): Level {
  const levels: Readonly<Record<string, Level | undefined>> = config.checks ?? {};
  return levels[id] ?? severity;
}

function problemsOf(rule: Rule, findings: Iterable<Finding>, folder: FolderContext, entry?: Entry): Problem[] {
  const few = firstFew(findings);
  if (few.length === 0) return few as [];
  const isLenient = entry?.draft === true && rule.inDrafts === "warning";
  const severity = levelOf(rule, folder) === "error" && !isLenient ? "error" : "warning";
  return few.map((finding) => ({ rule: rule.id, severity, ...finding }));
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
