import { createReadStream } from "node:fs";
import { Command } from "commander";
import { readEnvironment } from "#lib/settings/environment.ts";
import { asCsv } from "#lib/subscribers/export-csv.ts";
import { type ImportReport, importSubscribers } from "#lib/subscribers/import-csv.ts";
import { type Listed, listSubscribers, noteReveal, openRoster } from "#lib/subscribers/roster.ts";
import { count } from "../../output.ts";
import { type FilterFlags, filterOf, withFilters } from "./look.ts";

/** As many faults are shown; the rest is counted. */
const SHOWN = 20;

interface ImportFlags {
  readonly change?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

export function importCommand(): Command {
  return new Command("import")
    .description("bring subscribers in from a CSV file")
    .argument("<file>", "with a heading; “-” reads standard input")
    .option("--dry-run", "look at everything, and write nothing")
    .option("--change", "who is subscribed already asks for what the file says now, in the columns it has")
    .option("--json", "write what happened as JSON")
    .addHelpText(
      "after",
      "\nColumns: channel (email unless it says otherwise), address, components, topics, least_impact, detail, every,\nquiet, maintenance, zone, state. Statuspage's names\nare understood as well. Several components or topics are separated by “;”. That these people agreed is your word:\nthey are active at once and nothing is sent to them. Whoever left or was erased is not\nbrought back; nor is anybody whose state is not “active”, where there is such a column.",
    )
    .action(async (file: string, { change, dryRun, json }: ImportFlags) => {
      await using roster = await openRoster(readEnvironment());
      const source = file === "-" ? process.stdin : createReadStream(file);
      const onProgress = (lines: number) => {
        if (process.stderr.isTTY) process.stderr.write(`\rLines read: ${lines.toLocaleString("en")}`);
      };
      const report = await importSubscribers(roster, source, {
        now: Date.now(),
        dryRun: dryRun ?? false,
        change: change ?? false,
        onProgress,
      });
      if (process.stderr.isTTY) process.stderr.write("\n");
      if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else tellReport(report, dryRun ?? false);
      if (report.faults.length > 0) process.exitCode = 1;
    });
}

function tellReport({ added, changed, faults, known, left, lines }: ImportReport, isRehearsal: boolean): void {
  for (const { line, message, remedy } of faults.slice(0, SHOWN)) {
    process.stdout.write(`line ${line}  ${message}\n    ${remedy}\n`);
  }
  if (faults.length > SHOWN) process.stdout.write(`… and ${count(faults.length - SHOWN, "line")} more.\n`);
  for (const { differences, id } of changed) process.stdout.write(`${id}  ${differences.join(", ")}\n`);
  const would = isRehearsal ? "would be added" : "added, active, and told nothing";
  process.stdout.write(
    `${count(lines, "line")}: ${count(added, "subscriber")} ${would}; ${count(known, "line")} known already; ${count(left, "line")} of people who had left or are told nothing; ${count(faults.length, "line")} not understood.\n`,
  );
  if (changed.length > 0) {
    process.stdout.write(`${count(changed.length, "subscription")} ${isRehearsal ? "would be" : "were"} changed.\n`);
  }
  if (isRehearsal) process.stdout.write("Nothing was written.\n");
}

export function exportCommand(): Command {
  return withFilters(new Command("export").description("write subscribers as CSV, with their addresses"))
    .addHelpText("after", "\nThe ledger notes that addresses were exported, and by which account.")
    .action(async (flags: FilterFlags) => {
      await using roster = await openRoster(readEnvironment());
      let exported = 0;
      const counted = async function* (): AsyncGenerator<Listed> {
        for await (const one of listSubscribers(roster, filterOf(flags), true)) {
          exported += 1;
          yield one;
        }
      };
      for await (const part of asCsv(counted())) {
        if (!process.stdout.write(part)) await new Promise((done) => process.stdout.once("drain", done));
      }
      if (exported > 0) await noteReveal(roster, exported, Date.now());
    });
}
