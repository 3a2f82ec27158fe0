import { Command } from "commander";
import { listSnapshots } from "#lib/publishing/rollback.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { pruneCommand } from "./prune.ts";

type Snapshot = Awaited<ReturnType<typeof listSnapshots>>[number];

export function snapshotsCommand(): Command {
  return new Command("snapshots")
    .addCommand(pruneCommand())
    .description("list what was published: when, by whom, from which commit, and how much changed")
    .option("--json", "write all of it as JSON, times in ISO 8601")
    .addHelpText(
      "after",
      "\nThe newest stands first and is what readers see. Go back to one with “rollback <snapshot>”.",
    )
    .action(async ({ json }: { json?: true }) => {
      const snapshots = await listSnapshots(readEnvironment());
      if (json) {
        const told = snapshots.map((each) => ({ ...each, publishedAt: new Date(each.publishedAt).toISOString() }));
        process.stdout.write(`${JSON.stringify(told, null, 2)}\n`);
      } else if (snapshots.length === 0) {
        process.stdout.write("Nothing has been published yet.\n");
      } else {
        process.stdout.write(table([HEAD, ...snapshots.map(cells)]));
      }
    });
}

const HEAD = ["snapshot", "published (UTC)", "by", "commit", "entries", "changes", ""];

function cells({ id, publishedAt, publishedBy, commit, entries, changes, isQuiet, restores }: Snapshot): string[] {
  const at = new Date(publishedAt).toISOString().slice(0, 19).replace("T", " ");
  const notes = [...(restores === undefined ? [] : [`shows ${restores} again`]), ...(isQuiet ? ["told nobody"] : [])];
  return [
    String(id),
    at,
    publishedBy,
    commit ? commit.hash.slice(0, 10) + (commit.isDirty ? " + edits" : "") : "–",
    entries.toLocaleString("en"),
    changes ? `+${changes.added} ~${changes.changed} -${changes.removed}` : "–",
    notes.join(", "),
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
