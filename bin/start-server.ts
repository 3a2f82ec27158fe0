import { type Environment, readEnvironment } from "#lib/wire/environment.ts";
import { openFramework } from "#lib/wire/open-front.ts";
import { openPreview } from "#lib/wire/preview/open-preview.ts";
import { publishFirst } from "#lib/wire/publish.ts";
import { type Running, serve } from "#lib/wire/serve.ts";
import { count, problemText, reportFailure } from "./output.ts";

/** Publishes silently on a first start, then serves until the process is told to stop, with what `beside` stops first. */
export async function startServer(beside: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  const environment = readEnvironment();
  const [app] = await Promise.all([openFramework(), tellFirst(environment)]);
  const running = await serve(environment, app, {
    onError: (error, path) => process.stderr.write(`${path}: ${describe(error)}\n`),
    onAlarm: (message) => process.stderr.write(`Alarm: ${message}\n`),
  });
  process.stdout.write(`Candor is up: ${running.url}\n`);
  closeWhenTold({ close: async () => void (await Promise.all([beside(), running.close()])) });
}

/** Shows the content folder as it is being written, until the process is told to stop. */
export async function startPreview(): Promise<void> {
  const environment = readEnvironment();
  const running = await openPreview(environment, await openFramework(), {
    onError: (error, path) => process.stderr.write(`${path}: ${describe(error)}\n`),
  });
  process.stdout.write(
    `Preview of ${environment.content} with drafts, new with every save: ${running.url}\nNothing is published.\n`,
  );
  closeWhenTold(running);
}

function closeWhenTold(running: Pick<Running, "close">): void {
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

async function tellFirst(environment: Environment): Promise<void> {
  const first = await publishFirst(environment, Date.now());
  if (!first) return;
  for (const problem of first.problems) process.stderr.write(`${problemText(problem)}\n`);
  if (!first.snapshot) {
    const message = "There is nothing to show yet: mend site.yaml, then start again.";
    throw Object.assign(new Error(message), { code: "NO_SITE" });
  }
  const entries = count(first.snapshot.entries, "entry", "entries");
  process.stdout.write(`First start: published ${entries} from ${environment.content}\n`);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
