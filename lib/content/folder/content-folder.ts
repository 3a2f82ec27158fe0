import { join } from "node:path";
import type { SiteConfig } from "#lib/model/config.ts";
import { failure } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { replaceFile } from "#lib/store/replace-file.ts";
import { check } from "../check/check.ts";
import { isSlug, parseEntry, slugOf } from "../parse/entry.ts";
import { type FoundEntry, findEntry, type NotFound, newestEntries } from "./find-entry.ts";
import { listPaths, parseSiteFile } from "./folder.ts";
import { remember } from "./undo.ts";

/** What a change to a content folder came to: all of it is on the disk, or nothing is. */
export type Written =
  | {
      readonly kind: "written";
      readonly file: string;
      /** All of the file as it is now, or would be after a rehearsal. */
      readonly text: string;
      /** What `check` warns of in it. */
      readonly warnings: readonly Problem[];
    }
  /** The result would not pass `check`. */
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  /** Somebody else changed the file meanwhile. */
  | { readonly kind: "changed"; readonly file: string };

/** A content folder at hand, for finding and changing single files of it. */
export interface ContentFolder {
  readonly config: SiteConfig;
  /** The entry an engineer means by a slug, or by a part of one that only one file has. */
  find(slug: string): Promise<FoundEntry | NotFound>;
  /** The newest entries by their names, those that are not over before the others. */
  newest(): Promise<readonly FoundEntry[]>;
  /** Writes the file again as `edit` makes it. */
  change(found: FoundEntry, edit: (source: string) => string): Promise<Written>;
  /** A slug as it was wished, or with the first number behind it that makes it free. */
  freeSlug(wished: string): string;
  /** Writes a new file under the year of its beginning, if its slug can be an address and no other file has it. */
  create(slug: string, text: string, year: string): Promise<Written>;
}

/**
 * Opens a content folder for writing, or for trying out what a change would come to, with nothing written.
 * @throws when its site.yaml is missing or broken
 */
export async function openContentFolder(
  { content: folder, data }: Environment,
  now: number,
  { isRehearsal = false }: { readonly isRehearsal?: boolean } = {},
): Promise<ContentFolder> {
  const paths = await listPaths(folder);
  const site = parseSiteFile(folder, paths);
  if (!site.value) {
    const [first] = site.problems;
    const message = `${first?.place.file}:${first?.place.line}: ${first?.message} ${first?.remedy}`;
    throw failure("NO_SITE", message);
  }
  const config = site.value;
  const known = new Set(paths);

  const judge = (file: string, text: string): readonly Problem[] => {
    const parsed = [parseEntry(file, Buffer.from(text), config.timezone)];
    return check({ config, parsed, paths: new Set([...known, file]), now }).problems;
  };
  const write = async (file: string, before: string | undefined, after: string): Promise<Written> => {
    const found = judge(file, after);
    const problems = found.filter(({ severity }) => severity === "error");
    if (problems.length > 0) return { kind: "refused", problems };
    const written = { kind: "written", file, text: after, warnings: found } as const;
    if (isRehearsal) return written;
    if (!(await replaceFile(join(folder, file), before, after))) return { kind: "changed", file };
    await remember(data, { file: join(folder, file), after, at: now, ...(before === undefined ? {} : { before }) });
    return written;
  };

  return {
    config,
    find: (slug) => findEntry(folder, paths, slug, config),
    newest: () => newestEntries(folder, paths, config, now),
    change: ({ file, text }, edit) => write(file, text, edit(text)),
    freeSlug: (wished) => freeSlug(wished, paths),
    async create(slug, text, year) {
      const file = `${year}/${slug}.md`;
      const problem = addressProblem(slug, file, paths);
      return problem ? { kind: "refused", problems: [problem] } : await write(file, undefined, text);
    },
  };
}

/** Why a new file cannot have a slug: seen before its path is used for anything. */
function addressProblem(slug: string, file: string, paths: readonly string[]): Problem | undefined {
  const top = { severity: "error", place: { file, line: 1, column: 1 } } as const;
  if (!isSlug(slug)) {
    const message = `“${slug.slice(0, 130)}” cannot be an address.`;
    const remedy =
      "Choose a slug of letters (a to z), digits, hyphens, dots and underscores that begins with a letter or a digit, at most 120 characters.";
    return { rule: "slug", ...top, message, remedy };
  }
  const taken = takenBy(slug, paths);
  if (taken === undefined) return undefined;
  const message = `The address “${slug}” is already taken by ${taken}.`;
  return { rule: "duplicate-slug", ...top, message, remedy: "Choose another slug for the new file." };
}

/** The file that has a slug; capitals make no other address. */
function takenBy(slug: string, paths: readonly string[]): string | undefined {
  return paths.find((path) => path.endsWith(".md") && slugOf(path).toLowerCase() === slug.toLowerCase());
}

/** The slug itself, or the first of `slug-2`, `slug-3` … that no file has. */
function freeSlug(wished: string, paths: readonly string[]): string {
  let slug = wished;
  for (let count = 2; takenBy(slug, paths) !== undefined; count += 1) slug = `${wished}-${count}`;
  return slug;
}
