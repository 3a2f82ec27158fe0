import { Command } from "commander";
import { forgetFormerSecrets, renewSecret } from "#lib/access/secret.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { relockAll } from "#lib/subscribers/relock.ts";
import { count } from "../output.ts";

export function secretCommand(): Command {
  return new Command("secret")
    .description("change the secret under which addresses are kept")
    .addCommand(rotateCommand())
    .addCommand(relockCommand())
    .addCommand(forgetCommand());
}

function rotateCommand(): Command {
  return new Command("rotate").description("make a new secret, beside the former one").action(async () => {
    await renewSecret(readEnvironment());
    process.stdout.write(
      "There is a new secret; the former one can still open what it locked.\nRestart what runs (serve, deliver), then run: candor secret relock\n",
    );
  });
}

function relockCommand(): Command {
  return new Command("relock")
    .description("lock every address anew, under the present secret; can be stopped and begun again")
    .action(async () => {
      const done = await relockAll(readEnvironment(), (number) => {
        if (process.stderr.isTTY) process.stderr.write(`\rLocked anew: ${number.toLocaleString("en")}`);
      });
      if (process.stderr.isTTY) process.stderr.write("\n");
      process.stdout.write(
        done === 0
          ? "Everything is under the present secret.\n"
          : `${count(done, "subscription")} locked anew. Keep the former secret for as long as links in old messages shall work.\n`,
      );
    });
}

function forgetCommand(): Command {
  return new Command("forget")
    .description("remove the former secrets: links in messages from before the change are good for nothing then")
    .action(async () => {
      const environment = readEnvironment();
      const done = await relockAll(environment, () => undefined);
      await forgetFormerSecrets(environment);
      const also = done === 0 ? "" : ` ${count(done, "subscription")} had to be locked anew first.`;
      process.stdout.write(`The former secrets are gone.${also}\n`);
    });
}
