import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { LOOK_FIRST } from "#lib/model/failure.ts";

/** How long to wait before a process that ended by itself is started again, in milliseconds: doubled each time. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

const STAYS =
  "Delivery has stopped and does not start again by itself, as the ledger is not the one that is known here (see above). Pages are served all the same. Once a person has found out why, stop Candor and start it again.\n";

/**
 * Runs “deliver” as a process of its own, and again when it dies, unless the ledger is a foreign one: what it does cannot hold up the server, nor the other
 * way round. It ends with this process, however that ends.
 * @returns what stops it
 */
export function superviseDelivery(): () => Promise<void> {
  let isStopping = false;
  let child: ChildProcess | undefined;
  let pause = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    const startedAt = Date.now();
    child = spawn(process.execPath, [...process.execArgv, join(import.meta.dirname, "candor.ts"), "deliver"], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    child.on("exit", (code, signal) => {
      child = undefined;
      if (isStopping) return;
      if (code === LOOK_FIRST) {
        process.stderr.write(STAYS);
        return;
      }
      pause = Date.now() - startedAt > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
      process.stderr.write(`Delivery ended (${signal ?? code}); it starts again in ${pause / 1000} s.\n`);
      timer = setTimeout(start, pause);
    });
  };
  start();
  return async () => {
    isStopping = true;
    clearTimeout(timer);
    const last = child;
    if (!last) return;
    await new Promise<void>((done) => {
      last.on("exit", () => done());
      last.kill("SIGTERM");
    });
  };
}
