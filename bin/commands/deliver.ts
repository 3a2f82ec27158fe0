import { Command } from "commander";
import { startDelivery } from "../start-delivery.ts";

export function deliverCommand(): Command {
  return new Command("deliver")
    .description("send what was sealed, and tell what time brings")
    .addHelpText(
      "after",
      `
Runs until it is told to stop (Ctrl+C), and then lets what is in flight end. “npm start” runs one beside the server.
On PostgreSQL any number may run, on any number of machines; they share the work.

A file named HALT in the data folder stops everything within a second, whatever else is out of reach.`,
    )
    .action(startDelivery);
}
