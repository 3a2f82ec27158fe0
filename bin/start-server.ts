import { failure } from "#lib/model/failure.ts";
import { publishFirst } from "#lib/publishing/publish.ts";
import { type Environment, readEnvironment } from "#lib/settings/environment.ts";
import { claimData } from "#lib/store/claim-data.ts";
import { type ReservedPort, type Running, reservePort } from "#lib/web/listening.ts";
import { openFramework } from "#lib/web/open-front.ts";
import { openPreview } from "#lib/web/preview/open-preview.ts";
import { loggedPath } from "#lib/web/serve/logged-path.ts";
import { serve } from "#lib/wire/serve.ts";
import { FailureLog } from "./failure-log.ts";
import { count, problemText } from "./output.ts";
import { superviseDelivery } from "./supervise.ts";
import { untilTold } from "./until-told.ts";

/** Publishes silently on a first start, then serves until the process is told to stop. */
export function startServer(): Promise<void> {
  return untilTold(async () => {
    const environment = readEnvironment();
    return await open(environment, await reservePort(environment));
  });
}

/**
 * The same with a worker beside it that delivers. On a data folder that holds the database there is one of these: a
 * second is a mistake, more often than not one that was forgotten. Servers and workers by themselves may be many.
 */
export function startWithDelivery(): Promise<void> {
  return untilTold(async () => {
    const environment = readEnvironment();
    const port = await reservePort(environment);
    const unclaim = claimData(environment);
    const stopDelivery = superviseDelivery();
    const running = await open(environment, port).catch(async (error: unknown) => {
      await stopDelivery();
      throw error;
    });
    return {
      async close() {
        await Promise.all([stopDelivery(), running.close()]);
        unclaim();
      },
    };
  });
}

const failures = new FailureLog();

/** Notes a failed request for whoever runs the site. */
function noteError(error: unknown, path: string): void {
  failures.note(loggedPath(path), error);
}

async function open(environment: Environment, port: ReservedPort): Promise<Running> {
  const [app] = await Promise.all([openFramework(), tellFirst(environment)]);
  const running = await serve(environment, port, app, {
    onError: noteError,
    onAlarm: (message) => process.stderr.write(`Alarm: ${message}\n`),
  });
  process.stdout.write(`Candor is up: ${running.url}\n`);
  return running;
}

/** Shows the content folder as it is being written, until the process is told to stop. */
export function startPreview(): Promise<void> {
  return untilTold(async () => {
    const environment = readEnvironment();
    const running = await openPreview(environment, await openFramework(), {
      onError: noteError,
    });
    process.stdout.write(
      `Preview of ${environment.content} with drafts, new with every save: ${running.url}\nNothing is published.\n`,
    );
    return running;
  });
}

async function tellFirst(environment: Environment): Promise<void> {
  const first = await publishFirst(environment, Date.now());
  if (!first) return;
  for (const problem of first.problems) process.stderr.write(`${problemText(problem)}\n`);
  if (!first.snapshot) {
    const message = "There is nothing to show yet: mend site.yaml, then start again.";
    throw failure("NO_SITE", message);
  }
  const entries = count(first.snapshot.entries, "entry", "entries");
  process.stdout.write(`First start: published ${entries} from ${environment.content}\n`);
}
