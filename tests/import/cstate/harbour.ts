import { importCstate } from "#lib/content/import/cstate.ts";
import type { Imported } from "#lib/content/import/imported.ts";
import { file, fixture, readBack } from "../sites.ts";

/** A site of which every file shows something odd that real sites do. */
export const harbour = importCstate(fixture("harbour"));

/** The incident file of that name. */
export function incident(name: string, imported: Imported = harbour): string {
  const found = imported.files.find(({ path }) => path.endsWith(`/${name}.md`));
  if (!found) throw new Error(`no ${name}.md among ${imported.files.map(({ path }) => path).join(", ")}`);
  return found.text;
}

/** What was remarked on the files whose path contains `name`, as “line: what — reason”. */
export function remarks(name: string, imported: Imported = harbour): string[] {
  return imported.remarks
    .filter(({ file: path }) => path.includes(name))
    .map(({ line, what, reason }) => `${line ?? "-"}: ${what} — ${reason}`);
}

/** A site with one incident, `2020-05-05-one`, of that front matter and body. */
export function one(front: string, body: string): Imported {
  const keys = ["title: One", "section: issue", "date: 2020-05-05T10:00:00Z"].filter(
    (line) => !front.split("\n").some((own) => own.startsWith(line.replace(/:.*/, ":"))),
  );
  return importCstate([file("content/issues/2020-05-05-one.md", `---\n${[...keys, front].join("\n")}\n---\n${body}`)]);
}

/** The file of that one incident. */
export function fileOf(front: string, body: string): string {
  return incident("2020-05-05-one", one(front, body));
}

export const CLOSED = "resolved: true\nresolvedWhen: 2020-05-05T12:00:00Z\nseverity: down";

/** The texts of the updates of a site with one incident, as Candor reads them. */
export function bodiesOf(imported: Imported): string[] {
  return [...readBack(imported).entries.values()].flatMap(({ updates }) => updates.map(({ body }) => body));
}
