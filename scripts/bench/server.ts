import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { brotliDecompressSync } from "node:zlib";

/** A server under measurement, in a process of its own. */
export interface Measured {
  readonly url: string;
  /** From the command to the first answer, in milliseconds. */
  readonly upMs: number;
  /** Resident memory of the process now, in megabytes. */
  memoryMb(): number;
  /** Processor time that the process has used, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Starts the built server on a content and a data folder. */
export async function startMeasured(content: string, data: string, port: number): Promise<Measured> {
  const began = performance.now();
  const child = spawn(process.execPath, ["bin/start.ts"], {
    env: {
      ...process.env,
      CANDOR_CONTENT: content,
      CANDOR_DATA: data,
      PORT: String(port),
      HOST: "127.0.0.1",
      NODE_ENV: "production",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: string[] = [];
  child.stderr?.on("data", (part: Buffer) => said.push(part.toString()));
  const url = `http://127.0.0.1:${port}`;
  while ((await status(`${url}/`)) !== 200) {
    if (child.exitCode !== null) throw new Error(`The server did not start: ${said.join("")}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  return {
    url,
    upMs: performance.now() - began,
    memoryMb: () => residentMb(child),
    cpuMs: () => processorMs(child),
    stop: () => stop(child),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Answer {
  readonly status: number;
  /** Bytes as sent. */
  readonly bytes: number;
  readonly text: string;
  readonly ms: number;
}

/** One request over a kept connection, taken as a browser would take it. */
export function ask(url: string): Promise<Answer> {
  return new Promise((done, fail) => {
    const began = performance.now();
    get(url, { agent, headers: { "accept-encoding": "br" } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const ms = performance.now() - began;
        const body = Buffer.concat(parts);
        const isPacked = response.headers["content-encoding"] === "br";
        done({
          status: response.statusCode ?? 0,
          bytes: body.length,
          text: String(isPacked ? brotliDecompressSync(body) : body),
          ms,
        });
      });
      response.on("error", fail);
    }).on("error", fail);
  });
}

function status(url: string): Promise<number> {
  return ask(url).then(
    (answer) => answer.status,
    () => 0,
  );
}

function residentMb(child: ChildProcess): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1];
  return Number(kilobytes ?? 0) / 1024;
}

/** The kernel counts in hundredths of a second, in the 14th and 15th field (proc(5)). */
function processorMs(child: ChildProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}
