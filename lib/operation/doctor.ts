import { constants, existsSync } from "node:fs";
import { access, mkdir, stat, statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { lostDatabase, lostSecret } from "#lib/access/lost-data.ts";
import { secretFile } from "#lib/access/secret.ts";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { workTreeOf } from "#lib/content/folder/work-tree.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { CLOCK_REMEDY, timeOf } from "#lib/store/clock/time-of.ts";
import { fileDamage, findDamage } from "#lib/store/damage.ts";
import type { Database } from "#lib/store/dialect.ts";
import { connect } from "#lib/store/dialect.ts";
import { pendingMigrations } from "#lib/store/migrate.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { halts, keys, ledger, mail, returned, worker } from "./doctor-delivery.ts";
import { type Answer, type Finding, ok } from "./finding.ts";
import { portOwner } from "./port-owner.ts";
import { troublesIn } from "./troubles/now.ts";

/** Looks at everything that Candor needs to run. At most the data folder is made. `now` is in milliseconds since the epoch. */
export async function examine(environment: Environment, now: number): Promise<readonly Finding[]> {
  const checks: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    "Node.js": node,
    clock: () =>
      inDatabase(environment, (opened) => clock(opened, environment, now), clockAlone(now)).catch(() =>
        clockAlone(now),
      ),
    content: () => content(environment, now),
    git: () => git(environment),
    data: () => data(environment),
    database: () => database(environment, now),
    snapshots: () => inDatabase(environment, snapshots),
    lost: () => inDatabase(environment, (opened) => lost(opened, environment)),
    secret: () => secret(environment),
    port: () => port(environment),
    mail: () => mail(environment),
    returned: () => returned(environment, now),
    keys: () => keys(environment),
    worker: () => inDatabase(environment, (opened) => worker(opened, now)),
    halts: () => inDatabase(environment, (opened) => halts(opened, environment)),
    troubles: () => inDatabase(environment, (opened) => troubles(opened, environment, now)),
    ledger: () => inDatabase(environment, (opened) => ledger(opened, environment)),
  };
  const findings: Finding[] = [];
  for (const [check, look] of Object.entries(checks)) {
    const answer = await Promise.resolve()
      .then(look)
      .catch((error: unknown) => ({
        state: "fail" as const,
        said: error instanceof Error ? error.message : String(error),
      }));
    findings.push({ check, ...answer });
  }
  return findings;
}

function node(): Answer {
  const said = process.version;
  if (Number(process.versions.node.split(".")[0]) >= 24) return ok(said);
  return { state: "fail", said, remedy: "Start Candor with npm: it brings the version it needs." };
}

/** The day before which this program cannot have been running. */
const EARLIEST = Date.parse("2026-01-01");

/** Against what the store has seen, and the time that has passed since it was last looked at. */
async function clock(opened: Database, environment: Environment, now: number): Promise<Answer> {
  const alone = clockAlone(now);
  if (alone.state !== "ok") return alone;
  const { doubt } = await timeOf(opened, environment, now);
  return doubt === undefined ? alone : { state: "fail", said: doubt, remedy: CLOCK_REMEDY };
}

function clockAlone(now: number): Answer {
  const said = new Date(now).toISOString();
  return now > EARLIEST ? ok(said) : { state: "fail", said, remedy: "Set the machine's clock, by NTP best." };
}

async function content({ content: folder }: Environment, now: number): Promise<Answer> {
  const { problems, files } = await checkFolder(folder, now);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const said = `${folder}: ${files} files, ${errors} errors, ${problems.length - errors} warnings`;
  if (errors > 0)
    return { state: "warn", said, remedy: "Nothing can be published until “candor check” finds no error." };
  if (await may(folder, constants.W_OK)) return ok(said);
  return {
    state: "warn",
    said: `${said}; it cannot be written`,
    remedy: "The commands that write incidents need that.",
  };
}

async function git({ content: folder }: Environment): Promise<Answer> {
  const tree = await workTreeOf(folder);
  if (!tree) return ok("the content is in no git work tree, or it has no commit yet");
  return ok(`at ${tree.hash.slice(0, 10)}${tree.isDirty ? ", with edits that are not committed" : ""}`);
}

/** Less than this much space is a warning, and less than a tenth of it a failure: 200 MB. */
const SPACE = 200_000_000;

async function data({ data: folder }: Environment): Promise<Answer> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const said = `${folder}: ${Math.floor(free / 1_000_000).toLocaleString("en")} MB free`;
  const remedy = `Let the account that runs Candor write in ${folder}.`;
  if (!(await may(folder, constants.W_OK))) return { state: "fail", said: `${folder} cannot be written`, remedy };
  if (free >= SPACE) return ok(said);
  return { state: free < SPACE / 10 ? "fail" : "warn", said, remedy: "Make room on the disk." };
}

async function database(environment: Environment, now: number): Promise<Answer> {
  const location = databaseOf(environment);
  const isPostgres = environment.databaseUrl !== undefined;
  if (!isPostgres && !existsSync(location)) return ok("there is none yet; the first start makes it");
  await using opened = await connect(location);
  const pending = await pendingMigrations(opened);
  const what = isPostgres ? "PostgreSQL answers" : location;
  if (pending.length > 0)
    return { state: "warn", said: `${what}; the next start brings it forward`, remedy: "Make a backup." };
  const fault = await fileDamage(opened);
  if (fault !== undefined) return { state: "fail", said: `${what} is damaged: ${fault}`, remedy: "Restore a backup." };
  const newest = await openSnapshots(opened).latest();
  if (!newest || newest.publishedAt <= now) return ok(`${what}, sound and up to date`);
  const said = `${what} holds a publication of ${new Date(newest.publishedAt).toISOString()}, which is yet to come`;
  return { state: "warn", said, remedy: "Look at the machine's clock." };
}

async function inDatabase(
  environment: Environment,
  look: (opened: Database) => Promise<Answer>,
  otherwise?: Answer,
): Promise<Answer> {
  const location = databaseOf(environment);
  if (environment.databaseUrl === undefined && !existsSync(location))
    return otherwise ?? ok("there is no database yet");
  await using opened = await connect(location);
  if ((await pendingMigrations(opened)).length > 0) {
    return otherwise ?? ok("not looked at before the database is brought forward");
  }
  return await look(opened);
}

/** Everything that readers can be shown, held against its checksum. */
async function snapshots(opened: Database): Promise<Answer> {
  const damaged = await findDamage(opened);
  if (damaged.length === 0) return ok("every snapshot and every picture is as it was stored");
  const remedy =
    "Look at the disk. “candor publish” stores what is in the content folder again; older snapshots come back with a backup.";
  return { state: "fail", said: `damaged: ${damaged.slice(0, 20).join(", ")}`, remedy };
}

/** Whether the database or the secret that belongs to the rest is gone. */
async function lost(opened: Database, environment: Environment): Promise<Answer> {
  const said = (await lostDatabase(opened, environment)) ?? (await lostSecret(opened, environment));
  return said === undefined ? ok("database and secret belong together") : { state: "fail", said };
}

/** What processes that run have found, beside what the other checks say. */
async function troubles(opened: Database, environment: Environment, now: number): Promise<Answer> {
  const [first, ...others] = await troublesIn(opened, environment, now);
  if (first === undefined) return ok("nothing else is wrong");
  return { state: "warn", said: [first, ...others].join(" "), remedy: "The operator's page shows the same." };
}

async function secret({ secret: set, data: folder }: Environment): Promise<Answer> {
  if (set !== undefined) return ok("CANDOR_SECRET is set");
  const file = secretFile(folder);
  if (!existsSync(file)) return ok(`there is none yet; it will be made in ${file}`);
  const { mode } = await stat(file);
  if ((mode & 0o077) === 0) return ok(`in ${file}`);
  return { state: "fail", said: `${file} can be read by others`, remedy: `chmod 600 ${file}` };
}

function port({ port: number, host }: Environment): Promise<Answer> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      done(
        error.code === "EADDRINUSE"
          ? taken(host, number)
          : { ...UNUSABLE, said: `${host}:${number} cannot be listened on (${error.code})` },
      );
    });
    server.listen(number, host, () => server.close(() => done(ok(`${host}:${number} is free`))));
  });
}

const UNUSABLE = { state: "warn", remedy: "Set PORT and HOST." } as const;

/** Who has the port: Candor's own server says so where it is asked how it is. */
async function taken(host: string, number: number): Promise<Answer> {
  const at = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const address = `http://${at.includes(":") ? `[${at}]` : at}:${number}/api/openapi.json`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  const text = await answer?.text().catch(() => "");
  if (answer?.ok && text?.includes("Candor")) return ok(`Candor's own server answers on ${host}:${number}`);
  const owner = portOwner(number);
  const by = owner ? `process ${owner.pid} (${owner.name})` : "another program";
  return { ...UNUSABLE, said: `${host}:${number} is in use by ${by}, which is no server of Candor` };
}

function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
