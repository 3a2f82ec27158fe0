import type { Command } from "commander";

/** What a person would type, and what comes of it. */
type Example = readonly [words: string, does: string];

/** By the command's name, and for a command within another by both. */
const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  check: [
    ["check", "everything in the content folder"],
    ["check 2026/2026-11-22-slow-api.md", "one file; others are read, because rules hold files against one another"],
    ["check --format sarif > candor.sarif", "for a pipeline; docs/ci has whole workflow files"],
    ["check --explain blame", "what a rule wants, why, and what is good and bad"],
  ],
  new: [
    ["new", "asks for everything"],
    [
      'new "Labels print slowly" --component labels=partial_outage -m "We are looking into it."',
      "with everything said, as from a script",
    ],
    [
      'new "Sign-in fails" --component web=major_outage --at "10 minutes ago" -m "Nobody can sign in."',
      "it was noticed a while ago",
    ],
  ],
  update: [
    ["update", "asks which incident, and what there is to say"],
    ['update slowly --status identified -m "A queue of print jobs is full."', "a part of the file's name is enough"],
    ['update slowly --status monitoring --at 14:05 -m "Labels print again."', "it was so at 14:05, in the site's zone"],
    [
      'update slowly --status update --component api=degraded_performance -m "The API suffers too."',
      "more is affected from here on",
    ],
  ],
  resolve: [
    ["resolve", "asks which incident, and what to tell"],
    ['resolve slowly -m "Labels print as fast as ever."', ""],
    ['resolve slowly --at "20 minutes ago" -m "Labels print as fast as ever."', "it has been over for a while"],
  ],
  maintain: [
    ["maintain", "asks for everything"],
    [
      'maintain "Database upgrade" --start "tomorrow 22:00" --end +2h --component api -m "We upgrade."',
      "two hours tomorrow night",
    ],
    [
      'maintain upgrade --postpone "Friday 22:00" -m "We need two more days."',
      "as long as before, from another beginning",
    ],
    ['maintain upgrade --extend +30m -m "The last step takes longer."', "half an hour more than was planned"],
    ['maintain upgrade --cancel -m "We do not need it any more."', "it will not take place"],
  ],
  report: [
    ["report slowly", "begins a report for customers; write it in your editor"],
    ["report slowly --template engineering", "begins one for engineers"],
    ["report slowly --final", "what stands there is final; readers see what changed since it was preliminary"],
  ],
  undo: [["undo", "the file is as it was before the last command that wrote to one"]],
  preview: [
    ["preview", "everything that is not published yet"],
    ["preview slowly", "what is told of one incident, and how its report has changed"],
  ],
  publish: [
    ["publish", "shows what would change and who would be told, and asks"],
    ["publish --dry-run --texts", "only shows it, with the messages in full"],
    ["publish --yes --quiet", "asks nothing and tells nobody, as after mending a typing error"],
  ],
  snapshots: [
    ["snapshots", ""],
    ["snapshots --json", "for a program"],
  ],
  "snapshots prune": [["snapshots prune --older-than 365d --keep 100 --dry-run", "what a year leaves to remove"]],
  rollback: [
    ["rollback", "to what readers saw before"],
    ["rollback 12 --yes", "to one that “snapshots” lists"],
  ],
  serve: [["serve", "on port 3000, or on PORT"]],
  deliver: [["deliver", ""]],
  halt: [
    ["halt", "everything, at once"],
    ['halt --channel email --why "The mail server refuses us."', "one channel"],
    ["halt --incident 2026-11-22-slow-api", "whatever is told of one incident"],
  ],
  resume: [
    ["resume --channel email", "one channel goes on"],
    ["resume --all", "everything goes on"],
  ],
  approve: [["approve 0eyypixfgfwzcz20by0q15dj --token", "a notice goes to more than one person alone may send"]],
  withdraw: [
    ['withdraw 0eyypixfgfwzcz20by0q15dj --why "It names a customer."', "whom it has not reached never gets it"],
  ],
  correct: [
    ['correct 0eyypixfgfwzcz20by0q15dj -m "Only the API was affected."', "goes to those who got the wrong notice"],
  ],
  ledger: [
    ["ledger", "the newest notices, and how far they came"],
    ["ledger --notice 0eyypixfgfwzcz20by0q15dj --recipients", "everyone who was to get it, and what became of it"],
    ["ledger --subscriber ada@example.org", "everything that was ever sent to an address"],
    ["ledger --board lobby", "everything that a wallboard was sent"],
    ["ledger --verify", "nothing in it was changed afterwards"],
  ],
  export: [["export --out public", "a folder that any web server can show"]],
  import: [
    ["import cstate ../old-status --into ../status --dry-run", "what would come of it"],
    ["import statuspage ../answers --into ../status", "from answers of its API or a feed of its history"],
  ],
  doctor: [["doctor", ""]],
  backup: [["backup ../candor-backup.db", "everything the database holds, in one file"]],
  restore: [["restore ../candor-backup.db", ""]],
  "tokens add": [
    ['tokens add "On-call engineer" --role publisher --email on-call@example.com', "for the operator's page"],
    ["tokens add alertmanager --role machine --expires 2027-12-31", "for alerts"],
  ],
  "tokens list": [["tokens list", ""]],
  "tokens remove": [["tokens remove alertmanager", ""]],
  "wallboard list": [["wallboard list", "which televisions show the site, and what each of them asks for"]],
  "wallboard reload": [
    ["wallboard reload", "every board loads its page anew, within a second"],
    ["wallboard reload lobby", "only the board called lobby"],
  ],
  "wallboard clear": [["wallboard clear", "every board is empty, until “wallboard reload”"]],
  "subscribers list": [["subscribers list --channel email --component api", "who is told of the API by e-mail"]],
  "subscribers show": [["subscribers show ada@example.org", ""]],
  "subscribers add": [
    ["subscribers add ada@example.org --component api", "ada has agreed to it"],
    ["subscribers add https://hooks.example.com/candor --channel webhook", ""],
  ],
  "subscribers change": [
    ["subscribers change ada@example.org --detail ends --dry-run", "what would be different"],
    ["subscribers change ada@example.org --every 30", "one message in half an hour at most"],
  ],
  "subscribers remove": [["subscribers remove ada@example.org", ""]],
  "subscribers erase": [["subscribers erase ada@example.org", ""]],
  "subscribers import": [["subscribers import subscribers.csv --dry-run", "what would come of it"]],
  "subscribers export": [["subscribers export --channel email > subscribers.csv", ""]],
  "subscribers test": [["subscribers test ada@example.org", ""]],
  "secret rotate": [["secret rotate", "then restart what runs, and “secret relock”"]],
  "secret relock": [["secret relock", ""]],
  "secret forget": [["secret forget", "when no link in an old message need work any more"]],
};

/** The command, and those within it, with examples below their help. */
export function withManual(command: Command, within = ""): Command {
  const name = `${within}${command.name()}`;
  for (const part of command.commands) withManual(part, `${name} `);
  command.helpOption("-h, --help", "show help");
  const examples = EXAMPLES[name] ?? [];
  if (examples.length > 0) command.addHelpText("after", `\nExamples:\n${examples.map(textOf).join("")}${ELSEWHERE}`);
  return command;
}

const ELSEWHERE = "\nEnvironment variables and exit codes:  npm run candor -- --help";

function textOf([words, does]: Example): string {
  return `  npm run candor -- ${words}\n${does === "" ? "" : `      ${does}\n`}`;
}
