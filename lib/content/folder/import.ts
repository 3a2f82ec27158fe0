import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { failure } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import { importCstate } from "../import/cstate.ts";
import { formatOf } from "../import/format-of.ts";
import type { ForeignFile, Imported } from "../import/imported.ts";
import { importPostmortems } from "../import/postmortems.ts";
import { importStatusfy } from "../import/statusfy.ts";
import { importStatuspage } from "../import/statuspage.ts";
import { importUpptime } from "../import/upptime.ts";
import { masked } from "../secrets/mask.ts";
import { checkFolder } from "./folder.ts";
import { makePublishable } from "./import-publishable.ts";

/** The foreign formats that can be moved in. */
export const FORMATS = {
  cstate: importCstate,
  statusfy: importStatusfy,
  statuspage: importStatuspage,
  upptime: importUpptime,
  postmortems: importPostmortems,
} as const satisfies Record<string, (files: readonly ForeignFile[]) => Imported>;

/** Larger files are no part of a status page's content; they are passed over by name, in the remarks. */
const MAX_BYTES = 20_000_000;

export interface ImportOptions {
  readonly format: keyof typeof FORMATS;
  /** The foreign site's folder, or a file of it. */
  readonly from: string;
  /** The content folder to make; it must not exist, or be empty. */
  readonly into: string;
  /** Read and convert everything, write nothing. */
  readonly dryRun: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onProgress: (stage: ImportStage, done: number, all: number) => void;
}

/** What an import is at. */
export type ImportStage = "Read" | "Written" | "Checked";

export interface ImportResult extends Imported {
  /** What `check` says of the result; empty on a dry run. */
  readonly problems: readonly Problem[];
  /** The format that the files look like, where it is another than the one that was named. */
  readonly looksLike?: string;
}

/**
 * Moves a foreign site into a new content folder. The folder appears whole or not at all, and nothing that is there
 * already is ever overwritten.
 */
export async function importSite(options: ImportOptions): Promise<ImportResult> {
  const { format, from, into, dryRun, now, onProgress } = options;
  if (!dryRun) await refuseTaken(into);
  const files = await readForeign(from, (done, all) => onProgress("Read", done, all));
  const imported = withoutShownSecrets(FORMATS[format](files));
  const { incidents, maintenance, components } = imported.counts;
  const likely = formatOf(files);
  const looksLike = likely === format ? undefined : likely;
  if (incidents + maintenance === 0 && (components === 0 || looksLike)) {
    const hint = looksLike
      ? `These files look like ${looksLike}: import ${looksLike} ${from}`
      : "Name the folder that holds the old site's configuration.";
    throw failure("NOTHING_FOUND", `There is no incident of ${format} in ${from}. ${hint}`);
  }
  const result = { ...imported, ...(looksLike ? { looksLike } : {}) };
  if (dryRun) return { ...result, problems: [] };

  const draft = join(dirname(resolve(into)), `${draftPrefix(into)}${process.pid}`);
  await sweepDrafts(into);
  try {
    const parts = [...imported.files.map(({ path, text }) => [path, text] as const), ...assetsOf(imported)];
    for (const [index, [path, content]] of parts.entries()) {
      await writeNew(join(draft, path), content);
      onProgress("Written", index + 1, parts.length);
    }
    const { problems } = await checkFolder(draft, now, {
      onProgress: (done, all) => onProgress("Checked", done, all),
    });
    const publishable = await makePublishable(draft, problems);
    if (existsSync(into)) await rmdir(into);
    await rename(draft, into);
    return { ...result, remarks: [...imported.remarks, ...publishable.remarks], problems: publishable.problems };
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** What is being imported stands beside the folder under this name and the number of the process, until it is whole. */
const draftPrefix = (into: string) => `.${basename(into)}.importing-`;

/** Removes what interrupted imports into the same folder have left: they wrote nothing else. */
async function sweepDrafts(into: string): Promise<void> {
  const beside = dirname(resolve(into));
  const names = existsSync(beside) ? await readdir(beside) : [];
  for (const name of names) {
    const pid = name.startsWith(draftPrefix(into)) ? Number(name.slice(draftPrefix(into).length)) : 0;
    if (Number.isInteger(pid) && pid > 0 && !isRunning(pid))
      await rm(join(beside, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function assetsOf({ assets }: Imported): (readonly [path: string, content: Uint8Array])[] {
  return assets.map(({ path, bytes }) => [path, bytes]);
}

/** Remarks quote what they are about; nobody's password is to be read in them. What the files hold, `check` says. */
function withoutShownSecrets(imported: Imported): Imported {
  const remarks = imported.remarks.map((remark) => ({
    ...remark,
    file: masked(remark.file),
    what: masked(remark.what),
    reason: masked(remark.reason),
  }));
  return { ...imported, remarks };
}

async function refuseTaken(into: string): Promise<void> {
  if (!existsSync(into) || (await readdir(into)).length === 0) return;
  const message = `${into} holds something already. Name a new folder with --into; nothing is ever overwritten.`;
  throw failure("FOLDER_TAKEN", message);
}

async function readForeign(from: string, onProgress: (done: number, all: number) => void): Promise<ForeignFile[]> {
  if ((await stat(from)).isFile()) return [{ path: basename(from), bytes: await readFile(from) }];
  const found = await readdir(from, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((item) => item.isFile())
    .map((item) => relative(from, join(item.parentPath, item.name)))
    .filter((path) => !path.split(sep).some((part) => part === ".git" || part === "node_modules"))
    .sort();
  const files: ForeignFile[] = [];
  for (const path of paths) {
    const full = join(from, path);
    const isHuge = (await stat(full)).size > MAX_BYTES;
    files.push({ path: path.split(sep).join("/"), bytes: isHuge ? new Uint8Array() : await readFile(full) });
    onProgress(files.length, paths.length);
  }
  return files;
}

async function writeNew(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content, { flag: "wx" });
}
