import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { importCstate } from "#lib/content/import/cstate.ts";

const CORPORA = resolve(process.env["CANDOR_CORPORA"] ?? "../shared/corpora", "cstate");

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes a content folder of `wanted` incidents: the cState corpora (where they are; else the demonstration's own)
 * over and over, each round with names of its own and its dates moved back by a week.
 * @returns what it was made from
 */
export async function writeBigContent(folder: string, wanted: number): Promise<string> {
  const { origin, files, components } = existsSync(CORPORA) ? await fromCorpora() : await fromDemonstration();
  const site = { name: "Ten thousand", url: "https://status.example.com", timezone: "UTC", components };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "site.yaml"), stringify(site));
  for (let made = 0; made < wanted; made += 1) {
    const round = Math.floor(made / files.length);
    const file = files[made % files.length] as SourceFile;
    const path = join(folder, file.path.replace(/\.md$/, `-${round}.md`));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, round === 0 ? file.text : movedBack(file.text, 7 * round));
  }
  return origin;
}

async function fromCorpora() {
  const files: SourceFile[] = [];
  const components = new Map<string, unknown>();
  for (const name of await readdir(CORPORA)) {
    const foreign = await readAll(join(CORPORA, name));
    const imported = importCstate(foreign.map(({ path, text }) => ({ path, bytes: Buffer.from(text, "latin1") })));
    for (const { path, text } of imported.files) {
      if (path !== "site.yaml")
        files.push({ path: `${name}/${path.replace(/([^/]+)$/, `${name}-$1`)}`, text: plain(text) });
      else
        for (const each of (parse(text) as { components?: { id: string }[] }).components ?? [])
          components.set(each.id, each);
    }
  }
  return { origin: `${files.length} incidents of the cState corpora`, files, components: [...components.values()] };
}

async function fromDemonstration() {
  const all = await readAll("incidents");
  const files = all
    .filter(({ path }) => path.endsWith(".md"))
    .map(({ path, text }) => ({ path, text: plain(Buffer.from(text, "latin1").toString()) }));
  const site = parse(Buffer.from(all.find(({ path }) => path === "site.yaml")?.text ?? "", "latin1").toString()) as {
    components: unknown[];
  };
  return { origin: `${files.length} incidents of the demonstration`, files, components: site.components };
}

/** Every file below a folder; texts byte for byte, as latin1. */
async function readAll(root: string): Promise<SourceFile[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = found.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name));
  return Promise.all(
    paths.sort().map(async (path) => ({ path: path.slice(root.length + 1), text: await readFile(path, "latin1") })),
  );
}

/** Former addresses and pictures belong to one copy only. */
function plain(text: string): string {
  return text.replace(/^redirects:\n(?:[ -].*\n)*|^redirects: .*\n/m, "").replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1");
}

function movedBack(text: string, days: number): string {
  const end = text.indexOf("\n---", 4);
  const front = text.slice(0, end).replace(/\b(\d{4}-\d{2}-\d{2})(?=[T\s/"'}]|$)/gm, (date) => {
    const at = Date.parse(date);
    return Number.isNaN(at) ? date : new Date(at - days * 86_400_000).toISOString().slice(0, 10);
  });
  return front + text.slice(end);
}
