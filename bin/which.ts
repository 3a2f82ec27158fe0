import type { ContentFolder } from "#lib/content/folder/content-folder.ts";
import type { FoundEntry, NotFound } from "#lib/content/folder/find-entry.ts";
import { chosen, isTerminal } from "./ask.ts";
import { problemText } from "./output.ts";

/** How the commands that change a file are told which. */
export const SLUG = ["[slug]", "the file's name without .md, or a part of it that no other has"] as const;

/**
 * The entry that a command is about: the one that was named, or in a terminal the one that is chosen. Where there is
 * none, that is said, and undefined is returned.
 */
export async function foundEntry(
  contentFolder: ContentFolder,
  slug: string | undefined,
): Promise<FoundEntry | undefined> {
  if (slug === undefined) return await chosenEntry(contentFolder);
  const found = await contentFolder.find(slug);
  if (!("reason" in found)) return found;
  if (found.reason === "several" && isTerminal()) {
    const choices = found.slugs.map((value) => ({ value }));
    return await foundEntry(contentFolder, await chosen(undefined, "The slug", "Which one?", choices));
  }
  sayNotFound(slug, found);
  return undefined;
}

async function chosenEntry(contentFolder: ContentFolder): Promise<FoundEntry | undefined> {
  const entries = await contentFolder.newest();
  if (entries.length === 0) {
    process.stdout.write("There is no incident yet. Declare one:  npm run candor -- new\n");
    process.exitCode = 1;
    return undefined;
  }
  const choices = entries.map(({ entry: { slug, title } }) => ({ value: slug, label: title, hint: slug }));
  const slug = await chosen(undefined, "The slug", "Which one?", choices);
  return entries.find(({ entry }) => entry.slug === slug);
}

/** Says why no file was taken, and which there are. */
function sayNotFound(slug: string, { reason, slugs, meant, folder, problems }: NotFound): void {
  const lines = {
    none:
      slugs.length === 0
        ? `There is no incident in ${folder} yet.`
        : `No file in ${folder} is called “${slug}”.${meant === undefined ? "" : ` Did you mean “${meant}”?`} The last ones are:`,
    several: `Several files are called something like “${slug}”:`,
    broken: `The file “${slug}” has errors. Mend them first:`,
  };
  process.stdout.write(`${lines[reason]}\n`);
  for (const each of slugs) process.stdout.write(`  ${each}\n`);
  for (const problem of problems) process.stdout.write(`${problemText(problem)}\n`);
  process.exitCode = 1;
}
