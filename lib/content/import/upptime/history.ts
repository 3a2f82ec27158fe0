import { parseDocument } from "yaml";
import { fromYaml, isMapping, textOf } from "../front/value.ts";
import { type ForeignFile, unsaid } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";

/** When Upptime began to watch each site, by its slug: all of `history/<slug>.yml` that Candor has a place for. */
export function startsIn(files: readonly ForeignFile[], root: string, remarks: Remarks) {
  const starts = new Map<string, string>();
  const carried: ForeignFile[] = [];
  for (const file of files) {
    const slug = /^history\/([^/]+)\.ya?ml$/.exec(file.path.slice(root.length))?.[1];
    if (slug === undefined || !file.path.startsWith(root)) continue;
    const document = parseDocument(readText(file, unsaid), {
      schema: "failsafe",
      uniqueKeys: false,
      logLevel: "silent",
    });
    const value = fromYaml(document.contents);
    const all = isMapping(value) ? value : {};
    const since = /^\d{4}-\d{2}-\d{2}/.exec(textOf(all["starttime"]))?.[0];
    const isReal = since !== undefined && new Date(Date.parse(since) || 0).toISOString().startsWith(since);
    if (isReal) starts.set(slug, since);
    carried.push(file);
    const left = Object.keys(all).filter((key) => key !== "starttime" && textOf(all[key]) !== "");
    remarks.on(file.path)(
      left.join(", ") || "a history",
      "measurements of the moment; a state follows from incidents in Candor",
    );
  }
  return { starts, carried };
}
