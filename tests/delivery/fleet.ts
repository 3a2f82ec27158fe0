import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { vaultOf } from "#lib/access/open-vault.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { put, SITE } from "#tests/wire/content-folder.ts";
import { Office } from "./world.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SECRET = "a secret of these tests alone";
/** A busy machine may keep a process from saying that it lives for some seconds. */
export const DEAD_AFTER_MS = 6_000;

/** Processes that deliver, half of it by mail and half by webhook, and a store to look into. */
export interface Fleet extends AsyncDisposable {
  readonly office: Office;
  /** Those that were started; whoever ends one takes it out. */
  readonly ships: ChildProcess[];
  /** What each of them is called in the queue. */
  readonly names: ReadonlyMap<ChildProcess, string>;
  /** Starts one more process that delivers. */
  start(): Promise<void>;
  /** Runs a command as an operator does. @returns what it printed */
  command(...words: readonly string[]): Promise<string>;
}

export async function openFleet(
  environment: Environment,
  {
    workers,
    subscribers,
    smtpUrl,
    hookUrls,
  }: {
    readonly workers: number;
    readonly subscribers: number;
    readonly smtpUrl: string;
    /** Receivers of webhooks, who have as many subscribers each. */
    readonly hookUrls: readonly string[];
  },
): Promise<Fleet> {
  put(environment.content, "site.yaml", SITE);
  const variables = {
    // As the front door has it: nobody waits for what was compiled before.
    NODE_COMPILE_CACHE: join(ROOT, ".candor/compiled"),
    ...process.env,
    CANDOR_CONTENT: environment.content,
    CANDOR_DATA: environment.data,
    DATABASE_URL: environment.databaseUrl ?? "",
    CANDOR_SECRET: SECRET,
    CANDOR_PRIVATE_TARGETS: "allow",
    SMTP_URL: smtpUrl,
  };
  const run = (...words: readonly string[]) =>
    spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...words], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
      env: variables,
    });
  const ships: ChildProcess[] = [];
  const names = new Map<ChildProcess, string>();
  const start = async () => {
    const child = run(join(ROOT, "scripts/deliver-for-tests.ts"), String(DEAD_AFTER_MS));
    ships.push(child);
    const said = await new Promise<Buffer>((done) => child.stdout?.once("data", done));
    names.set(child, String(said).trim());
  };
  const command = async (...words: readonly string[]) => {
    const child = run(join(ROOT, "bin/candor.ts"), ...words);
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    await ended(child);
    return said;
  };
  await command("publish", "--quiet", "--yes");
  const database = await openDatabase(databaseOf(environment));
  const vault = await vaultOf(database, [SECRET]);
  const office = new Office(database, { vault, channels: [channels.email, channels.webhook] });
  await subscribe(office, hookUrls, subscribers);
  await Promise.all(Array.from({ length: workers }, start));
  return {
    office,
    ships,
    names,
    start,
    command,
    async [Symbol.asyncDispose]() {
      for (const ship of ships) ship.kill("SIGKILL");
      await Promise.all(ships.map(ended));
      await database.close();
    },
  };
}

async function subscribe(office: Office, hookUrls: readonly string[], many: number): Promise<void> {
  const { subscriptions, vault } = office;
  const people = Array.from({ length: many }, (_, n) => {
    const channel = n % 2 === 0 ? ("email" as const) : ("webhook" as const);
    const address = channel === "email" ? `ok${n}@example.org` : `${hookUrls[((n - 1) / 2) % hookUrls.length]}/ok${n}`;
    const id = randomBytes(8).toString("hex");
    const secret = vault.lock(`whsec_${randomBytes(24).toString("base64")}`, `signing ${id}`);
    const signingSecret = channel === "email" ? null : secret;
    const subscriber = vault.pseudonym(channel, address);
    return { ...office.subscription(id, address), channel, subscriber, signingSecret };
  });
  await subscriptions.add(people, 0);
}

export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => child.once("exit", () => done()));
}
