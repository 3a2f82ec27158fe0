import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { HANG_GUARD_MS } from "#tests/hang-guard.ts";

export const ROOT = resolve(import.meta.dirname, "../../..");

/** The folders one Candor works with. */
export interface Folders {
  readonly content: string;
  readonly data: string;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server that is up, as a process of its own. */
export interface Server extends AsyncDisposable {
  readonly url: string;
  /** What it wrote on both its streams so far. */
  log(): string;
  stop(): Promise<Ended>;
}

/** A new temporary folder, removed with `using`. */
export function temporary(name: string): { path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), `candor-e2e-${name}-`));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs one command to its end, as `npm run candor -- …` does, on folders of its own. */
export function candor(words: readonly string[], folders: Partial<Folders> = {}): Promise<Ended> {
  return ending(start(words, folders));
}

/** Runs one command and kills it at a moment. @param moment asked again and again while the command runs */
export async function killed(
  words: readonly string[],
  folders: Partial<Folders>,
  moment: () => boolean,
): Promise<Ended> {
  const child = start(words, folders);
  const looking = setInterval(() => moment() && child.kill("SIGKILL"), 1);
  try {
    return await ending(child);
  } finally {
    clearInterval(looking);
  }
}

/** Starts the server on a free port and waits until it answers. */
export function serve(folders: Folders, variables: Readonly<Record<string, string>> = {}): Promise<Server> {
  return up(start(["serve"], folders, "candor", variables), /^Candor is up: (\S+)$/m);
}

/** Starts the preview of a content folder on a free port and waits until it answers. */
export function preview(folders: Folders): Promise<Server> {
  return up(start([], folders, "dev"), /^Preview of .*: (\S+)$/m);
}

async function up(child: ChildProcess, said: RegExp): Promise<Server> {
  const ended = ending(child);
  const heard = listen(child);
  const url = await new Promise<string>((done, fail) => {
    const timer = setTimeout(() => {
      // Nobody else knows of it.
      child.kill("SIGKILL");
      fail(new Error(`The server is not up:\n${heard()}`));
    }, HANG_GUARD_MS);
    child.stdout?.on("data", () => {
      const found = said.exec(heard())?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      done(found);
    });
    child.once("close", () => fail(new Error(`The server ended:\n${heard()}`)));
  });
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return {
    url,
    log: heard,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

function start(
  words: readonly string[],
  { content, data }: Partial<Folders>,
  way = "candor",
  variables: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", join(ROOT, `bin/${way}.ts`), ...words], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      HOST: "127.0.0.1",
      PORT: "0",
      ...(content === undefined ? {} : { CANDOR_CONTENT: content }),
      ...(data === undefined ? {} : { CANDOR_DATA: data }),
      ...variables,
    },
  });
}

function listen(child: ChildProcess): () => string {
  const parts: string[] = [];
  child.stdout?.on("data", (part: Buffer) => parts.push(part.toString()));
  child.stderr?.on("data", (part: Buffer) => parts.push(part.toString()));
  return () => parts.join("");
}

function ending(child: ChildProcess): Promise<Ended> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  child.stdout?.on("data", (part: Buffer) => stdout.push(part.toString()));
  child.stderr?.on("data", (part: Buffer) => stderr.push(part.toString()));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done({ code: code ?? -1, stdout: stdout.join(""), stderr: stderr.join("") }));
  });
}
