import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");

let made: Promise<string> | undefined;

/** The readers' style sheets as one, with what the operator's forms need besides. */
export function styleSheet(): Promise<string> {
  made ??= Promise.all([
    inlined(resolve(ROOT, "app/styles/all.css")),
    readFile(resolve(ROOT, "lib/web/operator/pages/operator.css"), "utf8"),
  ]).then((parts) => parts.join("\n"));
  return made;
}

/** A style sheet with what it imports in its place. */
async function inlined(file: string): Promise<string> {
  const text = await readFile(file, "utf8");
  const imports = [...text.matchAll(/^@import "([^"]+)";$/gm)];
  const parts = await Promise.all(imports.map(([, path = ""]) => inlined(resolve(dirname(file), path))));
  return [...parts, text.replace(/^@import .*$/gm, "")].join("\n");
}
