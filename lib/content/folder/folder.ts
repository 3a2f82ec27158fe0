import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, relative, sep } from "node:path";
import { Worker } from "node:worker_threads";
import type { SiteConfig } from "#lib/model/config.ts";
import { failure } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import { type Checked, conclude, type PartialResult } from "../check/check.ts";
import { secretProblems, secretsOfSite } from "../check/secrets.ts";
import { type ParsedSite, parseSite } from "../parse/site.ts";
import { withoutSecrets } from "../secrets/mask.ts";
import { type CheckJob, checkFiles, parseEach, readBytes } from "./check-files.ts";

/** A content folder as it stands on the disk, parsed and checked. */
export interface CheckedFolder extends Checked {
  /** Absent when `site.yaml` is missing or broken: then nothing can be published. */
  readonly config?: SiteConfig;
  /** How many incident files were read. */
  readonly files: number;
}

/** Fewer files than this are checked sooner by one thread than it takes to start another. */
const FILES_PER_THREAD = 1_500;

/** Told of how many files are done, of how many. */
type OnProgress = (done: number, all: number) => void;

export interface CheckFolderOptions {
  /** The slugs that readers know, so that none of them is lost. */
  readonly published?: readonly string[] | undefined;
  /** Hears of folders so large that they take a while. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Reads, parses and checks every file of a content folder. `now` is in milliseconds since the epoch.
 * @throws when there is no such folder
 */
export async function checkFolder(
  folder: string,
  now: number,
  { published, onProgress }: CheckFolderOptions = {},
): Promise<CheckedFolder> {
  const paths = await listPaths(folder);
  const site = parseSiteFile(folder, paths);
  const files = paths.filter((path) => path.endsWith(".md"));
  if (!site.value) {
    const parsed = [...parseEach(folder, files, "UTC")];
    const problems = [...site.problems, ...parsed.flatMap((file) => file.problems)];
    return { entries: [], images: [], files: files.length, problems: problems.map((each) => withoutSecrets(each)) };
  }
  const config = site.value;
  const results = await checkInThreads({ folder, files, paths, config, now }, onProgress);
  const siteSecrets = secretsOfSite(site);
  const problems = secretProblems(siteSecrets, config.guard);
  const folderContext = { config, paths: new Set(paths), now, siteSecrets, ...(published ? { published } : {}) };
  const checked = conclude([{ judged: [], problems, notes: {} }, ...results], folderContext);
  // A site.yaml that holds a secret is not published, not even when files with errors are passed over.
  return { ...checked, ...(problems.length === 0 ? { config } : {}), files: files.length };
}

/** Shares many files out among the processor's cores; each file is judged alone, so the result is the same. */
async function checkInThreads(job: CheckJob, onProgress: OnProgress | undefined): Promise<readonly PartialResult[]> {
  const threads = Math.min(availableParallelism(), Math.ceil(job.files.length / FILES_PER_THREAD));
  if (threads <= 1) return [checkFiles(job)];
  const share = Math.ceil(job.files.length / threads);
  const done = new Int32Array(new SharedArrayBuffer(4));
  const tell = () => onProgress?.(Atomics.load(done, 0), job.files.length);
  const telling = setInterval(tell, 100);
  const results = await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      checkInThread({ ...job, done, files: job.files.slice(index * share, (index + 1) * share) }),
    ),
  ).finally(() => clearInterval(telling));
  tell();
  return results;
}

function checkInThread(job: CheckJob): Promise<PartialResult> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL("./check-worker.ts", import.meta.url), { workerData: job });
    worker.once("message", done);
    worker.once("error", fail);
  });
}

/** Every file below a folder with `/`, sorted. Hidden files, folders that begin with `_` and links are passed over. */
export async function listPaths(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      const message = `There is no content folder ${folder}. Make it with a site.yaml in it, or set CANDOR_CONTENT.`;
      throw error.code === "ENOENT" ? failure("NO_CONTENT", message) : error;
    },
  );
  return found
    .filter((item) => item.isFile())
    .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => /^[._]/.test(part) || part === "node_modules"))
    .sort();
}

export function parseSiteFile(folder: string, paths: readonly string[]): ParsedSite {
  if (paths.includes("site.yaml")) return parseSite("site.yaml", readBytes(join(folder, "site.yaml")));
  const place = { file: "site.yaml", line: 1, column: 1 };
  const problem: Problem = {
    rule: "no-site",
    severity: "error",
    place,
    message: "The content folder has no site.yaml.",
    remedy: "Create it with at least “name: …” and “url: https://…”.",
  };
  return { problems: [problem], source: "", placeAt: () => place };
}
