import { styleText } from "node:util";
import { Command } from "commander";
import { examine } from "#lib/operation/doctor.ts";
import type { Finding } from "#lib/operation/finding.ts";
import { readEnvironment } from "#lib/settings/environment.ts";

const COLOURS = { ok: "green", warn: "yellow", fail: "red" } as const;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("look at everything Candor needs to run, and say what to do about it")
    .option("--json", "write the findings as JSON")
    .addHelpText("after", "\nExits 1 if anything fails.")
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine(readEnvironment(), Date.now());
      if (json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
      else for (const finding of findings) process.stdout.write(line(finding));
      if (findings.some(({ state }) => state === "fail")) process.exitCode = 1;
    });
}

function line({ check, state, said, remedy }: Finding): string {
  const mark = styleText(COLOURS[state], state.padEnd(4), { stream: process.stdout });
  return `${mark}  ${check.padEnd(8)}  ${said}\n${remedy === undefined ? "" : `                ${remedy}\n`}`;
}
