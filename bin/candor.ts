import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { withManual } from "./manual.ts";
import { reportFailure } from "./output.ts";
import { groupOf, VERBS } from "./verbs.ts";

const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, "../package.json"), "utf8")) as {
  version: string;
};

const program = new Command("candor")
  .description("Incident status page and postmortem publishing from Markdown files.")
  .helpOption("-h, --help", "show help")
  .version(version, "-V, --version", "show the version")
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
  SMTP_URL        the mail server, smtps://user:password@host (default: mails are files in the data folder)
  CANDOR_SECRET   under what addresses are kept (default: made at the first start, in the data folder)
  CANDOR_ALERT_URL  where your team is told that delivery is in trouble, https://… or mailto:…
  CANDOR_GIT      “commit”: commands commit what they write; “off”: git is left alone
All of them: docs/guides/running.md

Examples:
  npm run candor -- new "Labels print slowly" --component labels=partial_outage -m "We are looking into it."
  npm run candor -- update slowly --status identified -m "A queue is full." --next 30m
  npm run candor -- publish

Exit codes:
  0    done
  1    there is something to mend: problems in the content, a wrong setting
  2    the command was not understood
  3    the ledger is not the one that is known here: nothing is sent before a person has looked
  130  a question was left with Ctrl+C; nothing was written

Each command explains itself, with examples:  npm run candor -- update --help`,
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

const wanted = process.argv[2] ?? "";
for (const load of Object.hasOwn(VERBS, wanted) ? [VERBS[wanted]] : Object.values(VERBS)) {
  if (load) program.addCommand(withExitCodes(withManual(await load())).helpGroup(groupOf(load)));
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
