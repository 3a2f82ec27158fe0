import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, startMeasured } from "./server.ts";

/** What a change took until readers saw it. */
export interface PublishingFigures {
  /** What `publish` itself took, a process of its own, in milliseconds. */
  readonly publishMs: number;
  /** From the end of `publish` to the changed page, in milliseconds: the slowest of all servers. */
  readonly seenMs: number;
  /** Processor time that a server used in that time, other readers' answers included, in milliseconds: the most of all. */
  readonly spentMs: number;
  /** Requests made meanwhile, and those of them that were not answered well. */
  readonly asked: number;
  readonly failed: number;
  /** The longest that a request had to wait, in milliseconds. */
  readonly slowestMs: number;
}

const READERS = 4;

/**
 * Two servers on one store show what `publish`, a process of its own, has published, while readers ask both of them
 * without a pause. `database` is the address of a PostgreSQL; without one they share the file.
 */
export async function measurePublishing(content: string, data: string, database?: string): Promise<PublishingFigures> {
  if (database !== undefined) process.env["DATABASE_URL"] = database;
  const servers = [await startMeasured(content, data, 3991), await startMeasured(content, data, 3992)];
  const pages = servers.map(({ url }) => `${url}/history`);
  for (const page of pages) await ask(page);
  const file = readdirSync(content, { recursive: true, encoding: "utf8" }).find((path) => path.endsWith(".md")) ?? "";
  const title = `Changed for ${database === undefined ? "SQLite" : "PostgreSQL"}`;
  writeFileSync(
    join(content, file),
    readFileSync(join(content, file), "utf8").replace(/^title: .*$/m, `title: ${title}`),
  );

  const load = { isOn: true, asked: 0, failed: 0, slowestMs: 0 };
  const readers = Array.from({ length: READERS }, async (_, index) => {
    while (load.isOn) {
      const answer = await ask(pages[index % 2] ?? "").catch(() => ({ status: 0, ms: 0 }));
      load.asked += 1;
      load.failed += answer.status === 200 ? 0 : 1;
      load.slowestMs = Math.max(load.slowestMs, answer.ms);
      await sleep(5);
    }
  });
  const began = performance.now();
  const publishedAt = await publish(content, data);
  const spent = servers.map(({ cpuMs }) => cpuMs());
  const page = `/incidents/${basename(file, ".md")}`;
  const seen = await Promise.all(servers.map(({ url }) => untilShown(url + page, title)));
  const spentMs = Math.max(...servers.map(({ cpuMs }, index) => cpuMs() - (spent[index] ?? 0)));
  load.isOn = false;
  await Promise.all(readers);
  for (const server of servers) await server.stop();
  delete process.env["DATABASE_URL"];
  return { publishMs: publishedAt - began, seenMs: Math.max(...seen) - publishedAt, spentMs, ...load };
}

/** @returns when the command said that it was done, on this process's clock */
function publish(content: string, data: string): Promise<number> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "bin/candor.ts", "publish"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, CANDOR_CONTENT: content, CANDOR_DATA: data },
  });
  return new Promise((done, fail) => {
    child.stdout.on("data", (part: Buffer) => {
      if (/^Published /m.test(String(part))) done(performance.now());
    });
    child.once("exit", () => fail(new Error("Nothing was published")));
  });
}

async function untilShown(url: string, text: string): Promise<number> {
  for (;;) {
    const answer = await ask(url);
    if (answer.text.includes(text)) return performance.now();
    await sleep(10);
  }
}
