import { Command, InvalidArgumentError, Option } from "commander";
import { isExpired, isTokenName, withTokens } from "#lib/access/tokens.ts";
import { ROLES, type Role } from "#lib/model/access.ts";
import { readEnvironment } from "#lib/settings/environment.ts";

interface Flags {
  readonly role: Role;
  readonly email?: string;
  readonly expires?: string;
}

export function tokensCommand(): Command {
  return new Command("tokens")
    .description("who may write through the API and the operator's page")
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(removeCommand());
}

function addCommand(): Command {
  return new Command("add")
    .description("make a token; it is shown once and kept nowhere")
    .argument("<name>", "the person or machine: commits name it as their author", named)
    .addOption(new Option("--role <role>", "what it may do").choices(ROLES).makeOptionMandatory())
    .option("--email <address>", "for the author line of commits", address)
    .option("--expires <date>", "the last day on which it is good, as 2026-12-31", day)
    .addHelpText(
      "after",
      `
Roles:
  reader     sees drafts and previews on the operator's page
  author     writes: incidents, updates, maintenance, reports
  publisher  writes, and shows to readers what was written
  machine    opens drafts and adds updates through the API; cannot sign in`,
    )
    .action(async (name: string, { role, email, expires }: Flags) => {
      const added = { name, role, email, expiresOn: expires };
      const secret = await withTokens(readEnvironment(), (tokens) => tokens.add(added, Date.now()));
      if (secret === undefined) {
        process.stdout.write(`There is a token called “${name}” already. Remove it first, or choose another name.\n`);
        process.exitCode = 1;
        return;
      }
      process.stdout.write(`${secret}\n`);
      process.stderr.write("Keep it now: it is not shown again. Whoever has it may act in this name.\n");
    });
}

function listCommand(): Command {
  return new Command("list")
    .description("every token, by name")
    .option("--json", "as JSON, without the hashes")
    .action(async ({ json }: { json?: true }) => {
      const now = Date.now();
      const tokens = await withTokens(readEnvironment(), (all) => all.list());
      const shown = tokens.map(({ hash: _, ...token }) => ({
        ...token,
        isExpired: isExpired(token, now),
      }));
      if (json) {
        process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
        return;
      }
      if (shown.length === 0)
        process.stdout.write("There are no tokens. Make one: candor tokens add <name> --role author\n");
      for (const { name, role, addedOn, usedOn, expiresOn, isExpired } of shown) {
        const end = expiresOn === undefined ? "" : `, ${isExpired ? "expired after" : "good until"} ${expiresOn}`;
        process.stdout.write(`${name}  ${role}  added ${addedOn}, ${usedOn ? `used ${usedOn}` : "never used"}${end}\n`);
      }
    });
}

function removeCommand(): Command {
  return new Command("remove")
    .description("end a token at once, and whatever was signed in with it")
    .argument("<name>", "as “tokens list” shows it")
    .action(async (name: string) => {
      if (await withTokens(readEnvironment(), (tokens) => tokens.remove(name, Date.now()))) {
        process.stdout.write(`Removed “${name}”. It is good for nothing from now on.\n`);
        return;
      }
      process.stdout.write(`There is no token called “${name}”. See: candor tokens list\n`);
      process.exitCode = 1;
    });
}

function named(name: string): string {
  if (isTokenName(name)) return name;
  throw new InvalidArgumentError("Write 1 to 80 letters, digits, spaces, dots, hyphens, underscores and apostrophes.");
}

function address(email: string): string {
  if (/^[^\s<>@]{1,64}@[^\s<>@]{1,190}$/.test(email)) return email;
  throw new InvalidArgumentError("Write it as anna@example.com.");
}

function day(text: string): string {
  const at = new Date(`${text}T00:00Z`);
  if (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError("Write it as 2026-12-31.");
}
