import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { masked } from "#lib/guard/mask.ts";
import { importCstate } from "#lib/import/cstate.ts";
import type { ForeignFile, Imported } from "#lib/import/imported.ts";
import { importPostmortems } from "#lib/import/postmortems.ts";
import { importStatusfy } from "#lib/import/statusfy.ts";
import { importStatuspage } from "#lib/import/statuspage.ts";
import { importUpptime } from "#lib/import/upptime.ts";
import type { Problem } from "#lib/model/problem.ts";
import { checkFolder } from "./folder.ts";

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
  readonly onProgress: (done: number, all: number) => void;
}

export interface ImportResult extends Imported {
  /** What `check` says of the result; empty on a dry run. */
  readonly problems: readonly Problem[];
}

/**
 * Moves a foreign site into a new content folder. The folder appears whole or not at all, and nothing that is there
 * already is ever overwritten.
 */
export async function importSite(options: ImportOptions): Promise<ImportResult> {
  const { format, from, into, dryRun, now, onProgress } = options;
  if (!dryRun) await refuseTaken(into);
  const files = await readForeign(from, onProgress);
  const imported = withoutShownSecrets(FORMATS[format](files));
  const { incidents, maintenance, components } = imported.counts;
  if (incidents + maintenance + components === 0) {
    const message = `There is no incident of ${format} in ${from}. Name the folder that holds the old site's configuration.`;
    throw Object.assign(new Error(message), { code: "NOTHING_FOUND" });
  }
  if (dryRun) return { ...imported, problems: [] };

  const draft = join(dirname(resolve(into)), `.${basename(into)}.importing-${process.pid}`);
  try {
    for (const { path, text } of imported.files) await writeNew(join(draft, path), text);
    for (const { path, bytes } of imported.assets) await writeNew(join(draft, path), bytes);
    if (existsSync(into)) await rmdir(into);
    await rename(draft, into);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  const { problems } = await checkFolder(into, now);
  return { ...imported, problems };
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
  throw Object.assign(new Error(message), { code: "FOLDER_TAKEN" });
}

async function readForeign(from: string, onProgress: ImportOptions["onProgress"]): Promise<ForeignFile[]> {
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
