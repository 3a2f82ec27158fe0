import { type NewEntry, writeEntry } from "./entry-file.ts";
import type { ForeignFile, Imported } from "./imported.ts";
import type { Remarks } from "./remarks.ts";
import { type NewSite, writeSite } from "./site-file.ts";

/** An incident or maintenance on its way into the new folder. */
export interface CarriedEntry {
  /** Path inside the content folder. */
  readonly path: string;
  readonly entry: NewEntry;
  /** Times of the source that stand in it. */
  readonly times: number;
}

interface Whole {
  /** Files given. */
  readonly read: number;
  readonly site: NewSite;
  readonly entries: readonly CarriedEntry[];
  readonly assets: Imported["assets"];
  readonly remarks: Remarks;
}

/** What an importer gives, put together and counted. */
export function importedFrom({ read, site, entries, assets, remarks }: Whole): Imported {
  const written = withOneClaimEach(entries, remarks).map(({ path, entry }) => ({ path, text: writeEntry(entry) }));
  const maintenance = entries.filter(({ entry }) => entry.scheduled).length;
  const sum = (of: (each: CarriedEntry) => number) => entries.reduce((total, each) => total + of(each), 0);
  return {
    files: [{ path: "site.yaml", text: writeSite(site) }, ...written.sort((a, b) => (a.path < b.path ? -1 : 1))],
    assets,
    remarks: remarks.all,
    counts: {
      read,
      incidents: entries.length - maintenance,
      maintenance,
      updates: sum(({ entry }) => entry.updates.length),
      times: sum(({ times }) => times),
      components: site.components.length,
    },
  };
}

/** Former addresses lead to one page each: capitals and a closing slash make no other address. The first claim stands. */
function withOneClaimEach(entries: readonly CarriedEntry[], remarks: Remarks): CarriedEntry[] {
  const claimed = new Map<string, string>();
  return entries.map((carried) => {
    const redirects = carried.entry.redirects.filter((path) => {
      const key = path.replace(/(?<=.)\/$/, "").toLowerCase();
      const owner = claimed.get(key);
      if (owner === undefined) claimed.set(key, carried.path);
      else if (owner !== carried.path)
        remarks.on(carried.path)(`the former address ${path}`, `it leads to ${owner} already; left out`);
      return owner === undefined;
    });
    return { ...carried, entry: { ...carried.entry, redirects } };
  });
}

/** Files that say nothing: they keep a folder in git, or an operating system made them. */
const PLACEHOLDER = /(?:^|\/)(?:\.gitkeep|\.keep|\.DS_Store|Thumbs\.db)$/;

export function isPlaceholder({ path, bytes }: ForeignFile): boolean {
  return bytes.length === 0 || PLACEHOLDER.test(path);
}

/** Remarks files that hold no incident and that none shows, by the folder they lie in. */
export function noteBeside(files: readonly ForeignFile[], root: string, remarks: Remarks): void {
  const beside = new Map<string, number>();
  for (const file of files) {
    if (isPlaceholder(file)) continue;
    const path = file.path.slice(root.length);
    const top = path.includes("/") ? path.slice(0, path.indexOf("/") + 1) : path;
    beside.set(top, (beside.get(top) ?? 0) + 1);
  }
  for (const [top, count] of beside) {
    const what = top.endsWith("/") ? `${count} ${count === 1 ? "file" : "files"} in ${top}` : top;
    remarks.on(root + top)(what, "no incident and not shown by one; left behind");
  }
}
