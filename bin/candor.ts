import { Command } from "commander";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { checkCommand } from "./commands/check.ts";
import { correctCommand } from "./commands/correct.ts";
import { deliverCommand } from "./commands/deliver.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { approveCommand, haltCommand, resumeCommand, withdrawCommand } from "./commands/halt.ts";
import { importCommand } from "./commands/import.ts";
import { ledgerCommand } from "./commands/ledger.ts";
import { maintainCommand } from "./commands/maintain.ts";
import { newCommand } from "./commands/new.ts";
import { previewCommand } from "./commands/preview.ts";
import { publishCommand } from "./commands/publish.ts";
import { reportCommand } from "./commands/report.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { secretCommand } from "./commands/secret.ts";
import { serveCommand } from "./commands/serve.ts";
import { snapshotsCommand } from "./commands/snapshots.ts";
import { subscribersCommand } from "./commands/subscribers.ts";
import { tokensCommand } from "./commands/tokens.ts";
import { undoCommand } from "./commands/undo.ts";
import { resolveCommand, updateCommand } from "./commands/update.ts";
import { reportFailure } from "./output.ts";

const program = new Command("candor")
  .description("Incident status page and postmortem publishing from Markdown files.")
  .helpOption("-h, --help", "say how a command is used")
  .showSuggestionAfterError()
  .configureHelp({ sortSubcommands: false })
  .addHelpText(
    "after",
    `
Environment:
  CANDOR_CONTENT  the content folder (default: incidents)
  CANDOR_DATA     the data folder (default: data)
  DATABASE_URL    a PostgreSQL database, postgres://user:password@host:5432/name (default: SQLite in the data folder)
  PORT, HOST      where “serve” listens (default: 3000, every address)

Exit codes:
  0  done
  1  there is something to mend: problems in the content, a wrong setting
  2  the command was not understood`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

for (const command of [
  checkCommand,
  newCommand,
  updateCommand,
  resolveCommand,
  maintainCommand,
  reportCommand,
  undoCommand,
  previewCommand,
  publishCommand,
  snapshotsCommand,
  rollbackCommand,
  serveCommand,
  deliverCommand,
  haltCommand,
  resumeCommand,
  approveCommand,
  withdrawCommand,
  correctCommand,
  ledgerCommand,
  exportCommand,
  importCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  tokensCommand,
  subscribersCommand,
  secretCommand,
]) {
  program.addCommand(withExitCodes(command()));
}

/** Commander takes over nothing of a command to the commands it is made of. */
function withExitCodes(command: Command): Command {
  for (const part of command.commands) withExitCodes(part);
  return command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}

// Who reads only the first lines of a list has not failed.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
}
