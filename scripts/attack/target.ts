import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "#lib/settings/environment.ts";
import { startDelivery } from "#lib/wire/deliver.ts";
import { ROOT, type Server, serve, temporary } from "#tests/e2e/support/candor.ts";

/** What an attack counted, and what may not be: nothing when all is well. */
export interface Finding {
  readonly counts: Readonly<Record<string, number | string>>;
  readonly broken: readonly string[];
}

/** A site that is attacked: the built server as a process of its own, a worker, and the mails it wrote. */
export interface Target {
  readonly server: Server;
  readonly data: string;
  /** The mails that have left so far. */
  mails(): readonly string[];
}

/** @param content the folder that is published; the demonstration site unless told otherwise */
export async function attacked(
  attack: (target: Target) => Promise<Finding>,
  content = join(ROOT, "incidents"),
): Promise<Finding> {
  using folder = temporary("attack");
  const data = join(folder.path, "data");
  await using server = await serve({ content, data });
  const environment = { ...readEnvironment(), content, data, port: 0, host: "127.0.0.1" };
  const say = (what: unknown) => void process.stderr.write(`${String(what)}\n`);
  const delivery = await startDelivery(environment, { clock: Date.now, onError: say, onAlarm: say, onTold: say });
  const mailFolder = join(data, "mail");
  const mails = () =>
    readdirSync(mailFolder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".eml"))
      .map((name) => readFileSync(join(mailFolder, name), "utf8"));
  try {
    return await attack({ server, data, mails });
  } finally {
    await delivery.stop();
  }
}
