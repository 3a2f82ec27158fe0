import { LOOK_FIRST } from "#lib/model/failure.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { startDelivery as start } from "#lib/wire/deliver.ts";
import { FailureLog } from "./failure-log.ts";
import { count } from "./output.ts";
import { untilTold } from "./until-told.ts";

/** Delivers until the process is told to stop; told twice, it stops at once. */
export function startDelivery(): Promise<void> {
  return untilTold(async () => {
    const failures = new FailureLog();
    const delivering = await start(readEnvironment(), {
      clock: Date.now,
      onError: (error) => failures.note("Delivery", error),
      onAlarm: (message) => process.stderr.write(`Delivery: ${message}\n`),
      onStop: () => process.exit(LOOK_FIRST),
      onTold: (notices) => process.stdout.write(`Delivery: ${count(notices, "notice")} fell due.\n`),
    });
    process.stdout.write("Delivery is up.\n");
    return { close: () => delivering.stop() };
  });
}
