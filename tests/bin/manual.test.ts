import type { Command } from "commander";
import { expect, test } from "vitest";
import { withManual } from "../../bin/manual.ts";
import { VERBS } from "../../bin/verbs.ts";

const COMMANDS = await Promise.all(
  Object.entries(VERBS).map(async ([verb, load]) => [verb, withManual(await load())] as const),
);

/** A command, or those it is made of, by what one types. */
function leaves(name: string, command: Command): [string, Command][] {
  const parts = command.commands.flatMap((part) => leaves(`${name} ${part.name()}`, part));
  // One that is made of others alone only lists them.
  return "_actionHandler" in command && command._actionHandler ? [[name, command], ...parts] : parts;
}

const LEAVES = COMMANDS.flatMap(([verb, command]) => leaves(verb, command));

function helpOf(command: Command): string {
  let text = "";
  const writeOut = (part: string) => {
    text += part;
  };
  command.configureOutput({ writeOut }).outputHelp();
  return text;
}

test("every verb is the name of its command", () => {
  expect(COMMANDS.map(([, command]) => command.name())).toEqual(COMMANDS.map(([verb]) => verb));
  expect(LEAVES.length).toBeGreaterThan(30);
});

test.each(LEAVES)(
  "“%s” says what it does, what each of its words means, and shows how it is typed",
  (name, command) => {
    expect(command.description()).not.toBe("");
    const silent = [...command.options, ...command.registeredArguments].filter(({ description }) => !description);
    expect(silent.map((each) => each.name())).toEqual([]);
    const help = helpOf(command);
    expect(help).toContain(`\n  npm run candor -- ${name}`);
    expect(help.split("\n").filter((line) => line.length > 120)).toEqual([]);
  },
);

test.each(LEAVES)("what the examples of “%s” show is understood", async (name, command) => {
  const lines = [...helpOf(command).matchAll(/^ {2}npm run candor -- (.*)$/gm)].map(([, line = ""]) => line);
  for (const line of lines.filter((each) => each.startsWith(name))) {
    const words = [
      ...line
        .slice(name.length)
        .replace(/ > \S+$/, "")
        .matchAll(/"([^"]*)"|(\S+)/g),
    ];
    let isUnderstood = false;
    command
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .action(() => {
        isUnderstood = true;
      });
    await command.parseAsync(
      words.map(([, quoted, plain]) => quoted ?? plain ?? ""),
      { from: "user" },
    );
    expect(isUnderstood, line).toBe(true);
  }
});
