import { resolve } from "node:path";
import { Command } from "commander";
import { readEnvironment } from "#lib/settings/environment.ts";
import { exportSite } from "#lib/web/export.ts";
import { count, problemText, progress } from "../output.ts";

export function exportCommand(): Command {
  return new Command("export")
    .description("write the content folder as a complete static site, for any host")
    .option("--out <folder>", "where to write it", "out")
    .addHelpText(
      "after",
      `
Only files that changed are written, and only files of an earlier export are removed.
If url in site.yaml has a path (https://example.com/status), every link gets it.
Exits 1 if the content has an error or a page leads to an address that does not answer.`,
    )
    .action(async ({ out }: { out: string }) => {
      const folder = resolve(out);
      const result = await exportSite(readEnvironment(), {
        out: folder,
        now: Date.now(),
        onProgress: progress("Pages"),
      });
      for (const problem of result.problems) process.stdout.write(`${problemText(problem)}\n`);
      if (result.files === 0) {
        process.stdout.write("Nothing was exported: mend the errors above first.\n");
        process.exitCode = 1;
        return;
      }
      for (const path of result.broken) process.stdout.write(`A page leads to ${path}, which does not answer.\n`);
      if (result.broken.length > 0) process.exitCode = 1;
      process.stdout.write(
        `${count(result.files, "file")} in ${folder}: ${result.written.toLocaleString("en")} written, ${result.removed.toLocaleString("en")} removed.\n`,
      );
    });
}
