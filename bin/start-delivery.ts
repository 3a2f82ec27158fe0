import { startDelivery as start } from "#lib/wire/deliver.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { count, reportFailure } from "./output.ts";

/** Delivers until the process is told to stop; told twice, it stops at once. */
export async function startDelivery(): Promise<void> {
  const delivering = await start(readEnvironment(), {
    clock: Date.now,
    onError: (error) => process.stderr.write(`Delivery: ${error instanceof Error ? error.stack : String(error)}\n`),
    onAlarm: (message) => process.stderr.write(`Delivery: ${message}\n`),
    onTold: (notices) => process.stdout.write(`Delivery: ${count(notices, "notice")} fell due.\n`),
  });
  process.stdout.write("Delivery is up.\n");
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    delivering.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        reportFailure(error);
        process.exit();
      },
    );
  };
  // Whoever started it is gone.
  process.on("disconnect", stop);
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
