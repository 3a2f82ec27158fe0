import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where a world lives, and what its processes are told of it. */
export interface Place {
  readonly content: string;
  readonly data: string;
  /** A file with the milliseconds by which this world's clock is ahead of the machine's. */
  readonly clockFile: string;
  readonly variables: Readonly<Record<string, string>>;
}

export interface Ended {
  /** Undefined when it was killed. */
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
  /** When it was started and when it ended, on the machine's clock. */
  readonly from: number;
  readonly until: number;
}

export interface RunOptions {
  readonly killAfterMs?: number;
  /** For its standard input. */
  readonly input?: string;
}

/** Everything that was started and may still run. */
const started = new Set<ChildProcess>();
// Whoever stops a soak in the middle of it leaves no worker behind.
process.on("exit", () => {
  for (const child of started) child.kill("SIGKILL");
});

/** The program as an operator has it: real processes and nothing else. */
export class Product {
  /** Processes that deliver or serve. */
  readonly workers: ChildProcess[] = [];
  #second: string | undefined;
  readonly #place: Place;
  /** What the workers wrote to their error output. */
  readonly complaints: string[] = [];

  constructor(place: Place) {
    this.#place = place;
  }

  /** How far this world's clock is ahead, in milliseconds. */
  get aheadMs(): number {
    return Number(readFileSync(this.#place.clockFile, "utf8"));
  }

  set aheadMs(ms: number) {
    writeFileSync(this.#place.clockFile, String(ms));
  }

  /** Runs a command to its end, or kills it after a while. */
  async run(words: readonly string[], { killAfterMs, input }: RunOptions = {}): Promise<Ended> {
    const from = Date.now();
    const child = this.#spawn(words, input === undefined ? "ignore" : "pipe");
    child.stdin?.end(input);
    let out = "";
    let err = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr?.on("data", (chunk: Buffer) => {
      err += chunk;
    });
    const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    const closed = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
    const code = await closed;
    clearTimeout(timer);
    return { code: code ?? undefined, out, err, from, until: Date.now() };
  }

  /** @throws when the command did not end well */
  async must(...words: readonly string[]): Promise<Ended> {
    const ended = await this.run(words);
    if (ended.code === 0) return ended;
    throw new Error(`“candor ${words.join(" ")}” ended with ${ended.code}: ${ended.out}${ended.err}`);
  }

  /** Approves a notice as the holder of a token who has published nothing. */
  async approve(notice: string): Promise<void> {
    this.#second ??= (await this.must("tokens", "add", "second", "--role", "publisher")).out;
    const { code, err } = await this.run(["approve", notice, "--token"], { input: this.#second });
    if (code !== 0) throw new Error(`“candor approve ${notice}” ended with ${code}: ${err}`);
  }

  /** Starts processes that deliver, and waits until each says that it does. */
  async deliver(count: number): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, async () => {
        const child = this.#spawn(["deliver"]);
        this.workers.push(child);
        child.stderr?.on("data", (chunk: Buffer) => this.complaints.push(String(chunk)));
        await new Promise<void>((done, fail) => {
          child.stdout?.once("data", () => done());
          child.once("exit", (code) =>
            fail(new Error(`“candor deliver” ended with ${code}: ${this.complaints.join("")}`)),
          );
        });
        child.stdout?.resume();
      }),
    );
  }

  /** Starts a server, and waits until it is up. @returns its address */
  serve(): Promise<string> {
    const child = this.#spawn(["serve"]);
    this.workers.push(child);
    child.stderr?.on("data", (chunk: Buffer) => this.complaints.push(String(chunk)));
    return new Promise((done, fail) => {
      let out = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        out += chunk;
        const url = /^Candor is up: (\S+)$/m.exec(out)?.[1];
        if (url !== undefined) done(url);
      });
      child.once("exit", (code) => fail(new Error(`“candor serve” ended with ${code}: ${this.complaints.join("")}`)));
    });
  }

  /** Ends all of them: as systemd does, or as a machine that loses its power. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const workers = this.workers.splice(0);
    await Promise.all(
      workers.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise<void>((done) => child.once("exit", () => done()));
        child.kill(signal);
        await gone;
      }),
    );
  }

  #spawn(words: readonly string[], stdin: "ignore" | "pipe" = "ignore"): ChildProcess {
    const { content, data, clockFile, variables } = this.#place;
    const preload = new URL("./clock.mjs", import.meta.url).href;
    const child = spawn(process.execPath, [join(ROOT, "bin/candor.ts"), ...words], {
      cwd: ROOT,
      stdio: [stdin, "pipe", "pipe"],
      env: {
        ...process.env,
        // As the front door has it: nobody waits for what was compiled before.
        NODE_COMPILE_CACHE: join(ROOT, ".candor/compiled"),
        NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${preload}`,
        CLOCK_FILE: clockFile,
        CANDOR_CONTENT: content,
        CANDOR_DATA: data,
        CANDOR_PRIVATE_TARGETS: "allow",
        CANDOR_GIT: "off",
        ...variables,
      },
    });
    started.add(child);
    child.once("exit", () => started.delete(child));
    return child;
  }
}
