import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { HANG_GUARD_MS } from "#tests/hang-guard.ts";
import { type Folders, ROOT } from "./candor.ts";

/** What `npm start` or `npm run dev` began, as somebody sees it who started it from a terminal. */
export interface Started extends AsyncDisposable {
  readonly npm: ChildProcess;
  /** Where it answers; nothing if it ended without. */
  readonly url: string | undefined;
  /** What it wrote so far. */
  log(): string;
  /** The process whose command line has these words in it, of those that npm began. */
  find(words: string): number | undefined;
  /** Waits until nothing that npm began is left. */
  gone(): Promise<void>;
}

/** Starts it in a process group of its own, and waits until it answers or has ended. */
export async function started(script: "start" | "dev", folders: Folders, port = 0): Promise<Started> {
  const npm = spawn("npm", ["run", script], {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      CANDOR_CONTENT: folders.content,
      CANDOR_DATA: folders.data,
    },
  });
  const parts: string[] = [];
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (part: Buffer) => parts.push(part.toString()));
  const log = () => parts.join("");
  const urlOf = () => /^(?:Candor is up|Preview of .*): (\S+)$/m.exec(log())?.[1];
  const closed = once(npm, "close");
  await within(async () => urlOf() !== undefined || npm.exitCode !== null, log);
  if (urlOf() === undefined) await closed;
  const began = below(npm.pid ?? 0);
  const left = () => processes().filter(({ pid, command }) => began.get(pid) === command);
  return {
    npm,
    url: urlOf(),
    log,
    find: (words) => left().find(({ command }) => command.includes(words))?.pid,
    gone: () => within(async () => left().length === 0, log),
    [Symbol.asyncDispose]() {
      for (const { pid } of left()) process.kill(pid, "SIGKILL");
      npm.kill("SIGKILL");
      return closed.then(() => undefined);
    },
  };
}

async function within(isSo: () => Promise<boolean>, log: () => string): Promise<void> {
  const end = performance.now() + HANG_GUARD_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It hangs:\n${log()}`);
    await sleep(50);
  }
}

function processes(): { pid: number; parent: number; command: string }[] {
  return spawnSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .stdout.split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, pid, parent, command = ""]) => ({ pid: Number(pid), parent: Number(parent), command }));
}

/** The processes that one began, and those that they began, with their command lines. */
function below(root: number): ReadonlyMap<number, string> {
  const all = processes();
  const found = new Map<number, string>();
  const collect = (parent: number) => {
    for (const each of all.filter((one) => one.parent === parent)) {
      found.set(each.pid, each.command);
      collect(each.pid);
    }
  };
  collect(root);
  return found;
}
