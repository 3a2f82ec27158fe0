import type { NotFound, Written } from "#lib/wire/desk.ts";
import { problemText } from "./output.ts";

/** Says what became of a change, and what to do next. */
export function sayWritten(written: Written, folder: string): void {
  switch (written.kind) {
    case "written":
      process.stdout.write(`Wrote ${folder}/${written.file}\nShow it to readers:  npm run candor -- publish\n`);
      return;
    case "changed":
      process.stdout.write(
        `${folder}/${written.file} was changed by somebody else meanwhile. Nothing was written; try again.\n`,
      );
      break;
    case "refused":
      for (const problem of written.problems) process.stdout.write(`${problemText(problem)}\n`);
      process.stdout.write("Nothing was written: the result would have had the errors above.\n");
  }
  process.exitCode = 1;
}

/** Says why no file was taken, and which there are. */
export function sayNotFound(slug: string, { reason, slugs, problems }: NotFound): void {
  const lines = {
    none: `No file is called “${slug}”. The last ones are:`,
    several: `Several files are called something like “${slug}”:`,
    broken: `The file “${slug}” has errors. Mend them first:`,
  };
  process.stdout.write(`${lines[reason]}\n`);
  for (const each of slugs) process.stdout.write(`  ${each}\n`);
  for (const problem of problems) process.stdout.write(`${problemText(problem)}\n`);
  process.exitCode = 1;
}
