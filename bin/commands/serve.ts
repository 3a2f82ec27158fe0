import { Command } from "commander";
import { startServer } from "../start-server.ts";

export function serveCommand(): Command {
  return new Command("serve")
    .description("answer readers with what is published; publishes the content folder first if nothing is")
    .action(() => startServer());
}
