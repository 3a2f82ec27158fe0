import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import inject from "light-my-request";
import { languageIn, messagesIn } from "#lib/messages/messages.ts";
import { failure } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import { publishInto } from "#lib/publishing/publish.ts";
import { pastOf } from "#lib/publishing/published.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { PAGES } from "#lib/site/views/pages.ts";
import { openDatabase } from "#lib/store/database.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { formerPaths } from "./addresses.ts";
import { headersFile } from "./export-headers.ts";
import { interfacePaths } from "./machine-endpoints.ts";
import { type OpenFront, openFramework, openFront } from "./open-front.ts";
import { localLinks, staticPage } from "./serve/static-page.ts";

/** What an export came to. */
export interface Export {
  /** Files of the site, written or already as they should be. */
  readonly files: number;
  /** Files whose bytes changed. */
  readonly written: number;
  /** Files of an earlier export that the site no longer has. */
  readonly removed: number;
  readonly problems: readonly Problem[];
  /** Addresses that a page leads to and that do not answer. */
  readonly broken: readonly string[];
}

export interface ExportOptions {
  readonly out: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onProgress: (done: number, all: number) => void;
}

/** The list of what an export wrote, so that the next one can remove what is gone and never touches anything else. */
const MANIFEST = ".candor-export.json";

/** What no page links to and a site has all the same. */
const UNLINKED = ["/embed.js", "/favicon.svg"];

/**
 * Writes the content folder as static files: a walk over the server's own answers, so that both show the same. Only
 * files that changed are written. With an error in the content nothing is.
 */
export async function exportSite(environment: Environment, options: ExportOptions): Promise<Export> {
  await refuseForeignFolder(options.out);
  await using database = await openDatabase(":memory:");
  const store = openSnapshots(database);
  // A copy shows what the server would: also what only publications know, where there were any.
  const past = await pastOf(environment);
  const { snapshot, problems } = await publishInto(store, environment.content, { now: options.now, past });
  if (!snapshot) return { files: 0, written: 0, removed: 0, problems, broken: [] };
  const failures: unknown[] = [];
  const front = await openFront(store, await openFramework(), {
    onError: (error) => failures.push(error),
    clock: () => options.now,
  });
  try {
    const { files, broken } = await walk(front, options);
    if (failures.length > 0) throw failures[0];
    const { written, removed } = await writeAll(options.out, files);
    return { files: files.size, written, removed, problems, broken };
  } finally {
    await front.close();
  }
}

async function refuseForeignFolder(out: string): Promise<void> {
  if (!existsSync(out) || existsSync(join(out, MANIFEST))) return;
  if ((await readdir(out)).length === 0) return;
  throw failure("NOT_AN_EXPORT", `${out} is not empty and holds no earlier export. Name a new folder with --out.`);
}

async function walk(
  front: OpenFront,
  { now, onProgress }: ExportOptions,
): Promise<{ files: Map<string, Buffer>; broken: string[] }> {
  const site = front.site();
  const base = new URL(site.config.url).pathname.replace(/\/$/, "");
  const events = [...site.incidents, ...site.maintenances];
  const queue = new Set([
    ...PAGES.map((page) => page.path),
    ...UNLINKED,
    ...interfacePaths(site),
    ...events.map(({ slug }) => `/incidents/${slug}`),
  ]);
  const files = new Map<string, Buffer>();
  const broken: string[] = [];
  const made = { now, validUntil: site.validUntil, base };
  for (const path of queue) {
    const answer = await inject(front.listener, { method: "GET", url: path });
    onProgress(files.size + broken.length + 1, queue.size);
    if (answer.statusCode === 308) {
      // A former address, or one with a slash too many: what it leads to is a page, and has a file of its own.
      queue.add(String(answer.headers.location).replace(/[?#].*$/, ""));
      continue;
    }
    if (answer.statusCode !== 200) {
      broken.push(path);
      continue;
    }
    if (!String(answer.headers["content-type"]).startsWith("text/html")) {
      files.set(decodeURIComponent(path), answer.rawPayload);
      continue;
    }
    files.set(fileOf(path), Buffer.from(await staticPage(answer.payload, made)));
    for (const link of await localLinks(answer.payload)) queue.add(link);
  }
  const missing = await inject(front.listener, { method: "GET", url: "/404" });
  files.set("/404.html", Buffer.from(await staticPage(missing.payload, made)));
  for (const [former, path] of formerPaths(site)) {
    const file = fileOf(former);
    if (files.has(file)) continue;
    files.set(file, Buffer.from(await staticPage(forwarding(base, path, site.config.locale), { ...made, base: "" })));
  }
  files.set("/_headers", Buffer.from(headersFile()));
  return { files, broken };
}

/** Where a page lies: `/history` is answered by `/history/index.html` on every host, and so is `/issues/kernel-5.10`. */
function fileOf(path: string): string {
  if (/\.html?$/i.test(path) && !path.startsWith("/incidents/")) return decodeURIComponent(path);
  return `${path === "/" ? "" : decodeURIComponent(path)}/index.html`;
}

/** A former address on a host that cannot redirect. */
function forwarding(base: string, path: string, locale: string): string {
  const to = base + path;
  const { about, title } = messagesIn(locale).forward;
  const link = (inner: readonly string[]) => [`<a href="${to}">${inner.join("")}</a>`];
  const words = [about({ link })].flat(2).join("");
  return `<!DOCTYPE html><html lang="${languageIn(locale)}"><head><meta charset="utf-8"><title>${title}</title><meta http-equiv="refresh" content="0; url=${to}"><link rel="icon" href="${base}/favicon.svg" type="image/svg+xml"><link rel="canonical" href="${to}"></head><body><p>${words}</p></body></html>`;
}

async function writeAll(
  out: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<{ written: number; removed: number }> {
  const before = await readManifest(out);
  const after = Object.fromEntries(
    [...files].map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")]),
  );
  for (const path of Object.keys(after)) {
    if (!join(out, path).startsWith(join(out, sep))) throw new Error(`${path} would lie outside ${out}`);
  }
  const gone = Object.keys(before).filter((path) => !(path in after));
  const changed = Object.keys(after).filter((path) => before[path] !== after[path] || !existsSync(join(out, path)));
  // The list is written first with everything that may be there, so that an interrupted export can be taken up again.
  await writeWhole(
    out,
    MANIFEST,
    JSON.stringify({ ...before, ...Object.fromEntries(changed.map((path) => [path, ""])) }),
  );
  // Pages come last: what they show is there before them.
  const [pages, others] = [changed.filter(isPage), changed.filter((path) => !isPage(path))];
  for (const path of [...others, ...pages]) await writeWhole(out, path, files.get(path) ?? Buffer.alloc(0));
  for (const path of gone) await rm(join(out, path), { force: true });
  await writeWhole(out, MANIFEST, `${JSON.stringify(after, null, 1)}\n`);
  return { written: changed.length, removed: gone.length };
}

const isPage = (path: string) => path.endsWith(".html");

/** A file that is being written. There is one at a time, so what an interrupted export leaves of it the next one writes over. */
const PART = ".candor-export.part";

/** Writes a file whole or not at all: a host that serves the folder meanwhile shows no half of it. */
async function writeWhole(out: string, path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(join(out, path)), { recursive: true });
  await writeFile(join(out, PART), content);
  await rename(join(out, PART), join(out, path));
}

async function readManifest(out: string): Promise<Record<string, string>> {
  const file = join(out, MANIFEST);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Record<string, string>) : {};
}
