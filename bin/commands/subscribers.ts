import { Command } from "commander";
import { listCommand, showCommand } from "./subscribers/look.ts";
import { exportCommand, importCommand } from "./subscribers/move.ts";
import { addCommand, eraseCommand, removeCommand, testCommand } from "./subscribers/one.ts";

export function subscribersCommand(): Command {
  const command = new Command("subscribers").description("who is told of what, and how");
  for (const part of [
    listCommand,
    showCommand,
    addCommand,
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
