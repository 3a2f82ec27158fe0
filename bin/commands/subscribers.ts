import { Command } from "commander";
import { tellingRules } from "#lib/subscribers/forms/telling-rules.ts";
import { listCommand, showCommand } from "./subscribers/look.ts";
import { exportCommand, importCommand } from "./subscribers/move.ts";
import { addCommand, changeCommand, eraseCommand, removeCommand, testCommand } from "./subscribers/one.ts";

export function subscribersCommand(): Command {
  const command = new Command("subscribers").description("who is told of what, and how").addHelpText(
    "after",
    `\nWhat somebody is told by what they chose:\n${tellingRules("en")
      .map(({ choice, effect }) => `  ${choice}: ${effect}`)
      .join("\n")}`,
  );
  for (const part of [
    listCommand,
    showCommand,
    addCommand,
    changeCommand,
    removeCommand,
    eraseCommand,
    importCommand,
    exportCommand,
    testCommand,
  ]) {
    command.addCommand(part());
  }
  return command;
}
