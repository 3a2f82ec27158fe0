import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { TEMPLATES } from "../author/templates.ts";

/** Inside the content folder; check passes it over. */
const FOLDER = "_templates";

/** The text of a template: one of the content folder's own, or one that Candor brings. */
export async function templateNamed(content: string, name: string): Promise<string | undefined> {
  const own = await ownTemplates(content);
  if (own.includes(name)) return readFile(join(content, FOLDER, `${name}.md`), "utf8");
  return Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name as keyof typeof TEMPLATES] : undefined;
}

/** The names of all templates there are. */
export async function templateNames(content: string): Promise<string[]> {
  return [...new Set([...(await ownTemplates(content)), ...Object.keys(TEMPLATES)])];
}

async function ownTemplates(content: string): Promise<string[]> {
  const files = await readdir(join(content, FOLDER)).catch(() => []);
  return files.filter((file) => file.endsWith(".md")).map((file) => file.replace(/\.md$/, ""));
}
