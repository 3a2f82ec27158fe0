import { resolve } from "node:path";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { type Environment, readEnvironment } from "#lib/wire/environment.ts";
import { publish } from "#lib/wire/publish.ts";
import { serve } from "#lib/wire/serve.ts";
import { count, problemText, reportFailure } from "./output.ts";

/** Publishes silently on a first start, then serves until the process is told to stop. */
export async function startServer(): Promise<void> {
  const environment = readEnvironment();
  await publishFirst(environment);
  const running = await serve(environment, {
    onError: (error, path) => process.stderr.write(`${path}: ${describe(error)}\n`),
  });
  process.stdout.write(`Candor is up: ${running.url}\n`);

  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        reportFailure(error);
        process.exit();
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

/** A fresh server shows what is in the folder; one that has published keeps what readers saw. */
async function publishFirst(environment: Environment): Promise<void> {
  const store = openSnapshots(resolve(environment.data, "candor.db"));
  try {
    const before = store.latest();
    if (before) return;
    const { snapshot, problems } = await publish(environment.content, store, { now: Date.now(), despiteErrors: true });
    for (const problem of problems) process.stderr.write(`${problemText(problem)}\n`);
    if (!snapshot)
      throw Object.assign(new Error("There is nothing to show yet: mend site.yaml, then start again."), {
        code: "NO_SITE",
      });
    process.stdout.write(
      `First start: published ${count(snapshot.entries, "entry", "entries")} from ${environment.content}\n`,
    );
  } finally {
    store.close();
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
