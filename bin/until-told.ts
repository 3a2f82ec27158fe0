import { reportFailure } from "./output.ts";

/** One press of Ctrl+C arrives more than once: from the terminal, from npm and from the front door, within this time. */
const ONE_PRESS_MS = 1_000;

/**
 * Runs what `open` opens until the process is told to stop, or whoever started it is gone; then closes it and ends the
 * process. Told again, it ends at once. A failure to open is reported, and ends the process with 1.
 */
export async function untilTold(open: () => Promise<{ close(): Promise<void> }>): Promise<void> {
  let opened: { close(): Promise<void> } | undefined;
  let toldAt: number | undefined;
  const stop = async () => {
    const now = performance.now();
    if (toldAt !== undefined && now - toldAt > ONE_PRESS_MS) process.exit(1);
    if (toldAt !== undefined) return;
    toldAt = now;
    try {
      await opened?.close();
      process.exit(0);
    } catch (error) {
      reportFailure(error);
      process.exit();
    }
  };
  for (const sign of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(sign, stop);
  process.on("disconnect", stop);
  // Where the console has gone, what is written there is lost, and nothing else.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    opened = await open();
  } catch (error) {
    reportFailure(error);
    process.exit();
  }
}
