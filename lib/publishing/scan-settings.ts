import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readBytes } from "#lib/content/folder/check-files.ts";
import { parseSite } from "#lib/content/parse/site.ts";
import type { Content } from "#lib/model/site.ts";
import type { ScanSettings } from "./message-scan.ts";

/**
 * What the site says of its secrets, as it stands in the content folder: it names names, so it is no part of what is
 * published. Where there is no such folder, as on a machine that only delivers, everything but its names is looked for.
 */
export function watchOf(folder: string, content: Content | undefined): ScanSettings {
  const config = orNothing(() => parseSite("site.yaml", readBytes(join(folder, "site.yaml"))).value);
  const files = new Map(content?.entries.map(({ slug, file }) => [slug, file]));
  return {
    guard: config?.guard ?? { deny: [], allow: [] },
    sourceOf({ event }) {
      const file = files.get(event.slug) ?? `${event.slug}.md`;
      const text = orNothing(() => readFileSync(join(folder, file), "utf8"));
      return { file, ...(text === undefined ? {} : { text }) };
    },
  };
}

function orNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
