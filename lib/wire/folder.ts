import { open, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Checked, check } from "#lib/check/check.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Problem } from "#lib/model/problem.ts";
import { type ParsedEntry, parseEntry } from "#lib/parse/entry.ts";
import { parseSite } from "#lib/parse/site.ts";

/** A content folder as it stands on the disk, parsed and checked. */
export interface CheckedFolder extends Checked {
  /** Absent when `site.yaml` is missing or broken: then nothing can be published. */
  readonly config?: SiteConfig;
  /** How many incident files were read. */
  readonly files: number;
}

/** One byte more than the largest file that is accepted. */
const READ_LIMIT = 1_000_001;

/** How many files are read at once: enough to keep the disk busy, few enough for any limit on open files. */
const AT_ONCE = 32;

/** Reads, parses and checks every file of a content folder. `now` is in milliseconds since the epoch. */
export async function checkFolder(folder: string, now: number): Promise<CheckedFolder> {
  const paths = await listPaths(folder);
  const site = await parseSiteFile(folder, paths);
  const zone = site.value?.timezone ?? "UTC";
  const markdown = paths.filter((path) => path.endsWith(".md"));
  const parsed: ParsedEntry[] = [];
  for (let from = 0; from < markdown.length; from += AT_ONCE) {
    const batch = markdown.slice(from, from + AT_ONCE);
    const texts = await Promise.all(batch.map((path) => readBytes(join(folder, path))));
    for (const [index, path] of batch.entries()) parsed.push(parseEntry(path, texts[index] ?? new Uint8Array(), zone));
  }

  if (!site.value) {
    return {
      entries: [],
      images: [],
      files: markdown.length,
      problems: [...site.problems, ...parsed.flatMap(({ problems }) => problems)],
    };
  }
  const checked = check({ config: site.value, parsed, paths: new Set(paths), now });
  return { ...checked, config: site.value, files: markdown.length, problems: [...site.problems, ...checked.problems] };
}

/** Every file below a folder with `/`, sorted. Hidden files, folders that begin with `_` and links are passed over. */
async function listPaths(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => /^[._]/.test(part) || part === "node_modules"))
    .sort();
}

async function parseSiteFile(folder: string, paths: readonly string[]) {
  if (paths.includes("site.yaml")) return parseSite("site.yaml", await readBytes(join(folder, "site.yaml")));
  const problem: Problem = {
    rule: "no-site",
    severity: "error",
    place: { file: "site.yaml", line: 1, column: 1 },
    message: "The content folder has no site.yaml.",
    remedy: "Create it with at least “name: …” and “url: https://…”.",
  };
  return { problems: [problem] };
}

/** The bytes of a file; of a very large one only enough for it to be refused by its size. */
async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size <= READ_LIMIT) return await file.readFile();
    return (await file.read(new Uint8Array(READ_LIMIT), 0, READ_LIMIT, 0)).buffer;
  } finally {
    await file.close();
  }
}
