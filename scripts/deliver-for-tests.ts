import { readEnvironment } from "#lib/settings/environment.ts";
import { startDelivery } from "#lib/wire/deliver.ts";

/**
 * A process that delivers like “candor deliver” and takes silent ones for dead after as many milliseconds as it is told. It
 * prints what it is called in the queue.
 */
const { worker } = await startDelivery(readEnvironment(), {
  clock: Date.now,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
  onAlarm: () => undefined,
  onTold: () => undefined,
  deadAfterMs: Number(process.argv[2]),
});
process.stdout.write(`${worker}\n`);
