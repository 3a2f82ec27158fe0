import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "#tests/postgres.ts";
import { writeBigContent } from "./bench/big-content.ts";
import { bareServer, requestsPerSecond } from "./bench/load.ts";
import { measurePublishing, type PublishingFigures } from "./bench/publishing.ts";
import { ask, type Measured, startMeasured } from "./bench/server.ts";

/**
 * `npm run bench`: the figures the project answers for, at ten thousand incidents. They depend on the machine and on
 * what else it does, so no test judges them; compare two states of the code in one session.
 */
const WANTED = 10_000;
const PORT = 3990;

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What we aim for, where we aim for something. */
  readonly most?: number;
}

const figures: Figure[] = [];
const note = (what: string, value: number, unit: string, most?: number) => {
  figures.push({ what, value, unit, ...(most === undefined ? {} : { most }) });
  const aim = most === undefined ? "" : `  (at most ${most.toLocaleString("en")})`;
  process.stdout.write(
    `${what.padEnd(58)} ${value.toLocaleString("en", { maximumFractionDigits: 1 }).padStart(9)} ${unit}${aim}\n`,
  );
};

const folder = mkdtempSync(join(tmpdir(), "candor-bench-"));
try {
  const content = join(folder, "content");
  process.stdout.write(
    `${WANTED.toLocaleString("en")} incidents, made from ${await writeBigContent(content, WANTED)}\n\n`,
  );
  measureCheck(content);
  const first = await startMeasured(content, join(folder, "data"), PORT);
  note("first start, publishing everything, to the first answer", first.upMs, "ms");
  await first.stop();
  const server = await startMeasured(content, join(folder, "data"), PORT);
  note("start on what is published, to the first answer", server.upMs, "ms", 5_000);
  await measurePages(server);
  await measureApi(server);
  await server.stop();
  notePublishing("SQLite", await measurePublishing(content, join(folder, "data")));
  await using postgres = await startPostgres();
  notePublishing(
    "PostgreSQL",
    await measurePublishing(content, join(folder, "data-2"), await postgres.createDatabase()),
  );
  await measureFirstVisit();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync("artifacts", { recursive: true });
writeFileSync("artifacts/bench.json", `${JSON.stringify(figures, null, 2)}\n`);

function notePublishing(
  store: string,
  { publishMs, seenMs, spentMs, asked, failed, slowestMs }: PublishingFigures,
): void {
  note(`publish into ${store}, one changed file, whole process`, publishMs, "ms");
  note(`published, until two servers on one ${store} show it`, seenMs, "ms", 1_000);
  note("processor time that a server used in that time, at most", spentMs, "ms");
  note(`requests meanwhile that failed, of ${asked.toLocaleString("en")}`, failed, "requests", 0);
  note("slowest answer meanwhile", slowestMs, "ms");
}

/** A cached answer of the API against the same bytes from a server that does nothing else. */
async function measureApi({ url }: Measured): Promise<void> {
  const address = `${url}/api/v2/summary.json`;
  const body = await (await fetch(address)).text();
  const bare = await bareServer(body);
  const ours = await requestsPerSecond(address);
  const theirs = await requestsPerSecond(bare.url);
  await bare.close();
  note("/api/v2/summary.json, cached", ours, "/s");
  note("the same bytes from a bare node:http", theirs, "/s");
  note("ratio of the two", (100 * ours) / theirs, "%");
}

function measureCheck(content: string): void {
  const began = performance.now();
  const result = spawnSync(process.execPath, ["bin/candor.ts", "check", "--format", "json"], {
    env: { ...process.env, CANDOR_CONTENT: content },
    maxBuffer: 1e9,
  });
  note("check, whole process", performance.now() - began, "ms", 5_000);
  const problems = JSON.parse(String(result.stdout)) as { severity: string }[];
  note("errors it found", problems.filter(({ severity }) => severity === "error").length, "errors", 0);
}

async function measurePages({ url, memoryMb }: Measured): Promise<void> {
  const home = await ask(`${url}/`);
  const history = await ask(`${url}/history`);
  const links = (text: string, pattern: RegExp) => [
    ...new Set([...text.matchAll(pattern)].map(([, path]) => path ?? "")),
  ];
  const incidents = links(history.text, /href="(\/incidents\/[^"#?]+)"/g);
  const months = links(history.text, /href="(\/history\/\d{4}\/\d{2})"/g);
  const components = links(home.text, /href="(\/components\/[^"]+)"/g);
  const kinds: [string, string[]][] = [
    ["/", ["/"]],
    ["/incidents/<slug>", incidents.slice(0, 40)],
    ["/history", ["/history"]],
    ["/history?component=…", components.slice(0, 10).map((path) => `/history?component=${path.split("/").at(-1)}`)],
    ["/history/<year>/<month>", months.slice(0, 40)],
    ["/components/<id>", components.slice(0, 40)],
    ["/reports", ["/reports"]],
    ["/maintenance", ["/maintenance"]],
    ["/history.atom", ["/history.atom"]],
  ];
  for (const [kind, paths] of kinds) {
    const fresh: number[] = [];
    for (const path of paths) fresh.push((await ask(url + path)).ms);
    const kept: number[] = [];
    for (const path of paths) for (let round = 0; round < 10; round += 1) kept.push((await ask(url + path)).ms);
    if (paths.length > 1) note(`${kind}: made anew, slowest of ${paths.length}`, Math.max(...fresh), "ms");
    note(`${kind}: once warm, slowest of ${kept.length}`, Math.max(...kept), "ms", 50);
  }
  const began = performance.now();
  const asked = 4_000;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let round = 0; round < asked / 32; round += 1) await ask(`${url}/`);
    }),
  );
  note("/: answers a second, 32 readers at once", asked / ((performance.now() - began) / 1_000), "answers/s");
  note("memory of the server after all this", memoryMb(), "MB", 600);
}

/** Everything a browser loads to show the demonstration's first page. */
async function measureFirstVisit(): Promise<void> {
  const server = await startMeasured("incidents", join(folder, "demonstration"), PORT);
  const home = await ask(`${server.url}/`);
  const paths = [...home.text.matchAll(/(?:src|href)="(\/(?:_next|assets)\/[^"]+|\/favicon\.svg)"/g)].map(
    ([, path]) => path ?? "",
  );
  const sizes = await Promise.all([...new Set(paths)].map(async (path) => (await ask(server.url + path)).bytes));
  note(
    "first visit of the home page, as sent",
    home.bytes + sizes.reduce((sum, size) => sum + size, 0),
    "bytes",
    14_336,
  );
  await server.stop();
}
