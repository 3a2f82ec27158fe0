import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CORPORA } from "#tests/import/sites.ts";

const HISTORY = join(CORPORA, "history");

/** Whether real histories are at hand. */
export const hasLives = existsSync(join(HISTORY, "lifecycle.jsonl"));

/** One version of one incident's file. */
export interface Version {
  readonly path: string;
  /** When it was committed, in milliseconds since the epoch. */
  readonly at: number;
  readonly raw: string;
}

/** Everything that git ever held of a site's incidents. */
export interface Lives {
  readonly config: string;
  /** In order of time. */
  readonly versions: readonly Version[];
}

interface Life {
  readonly set: string;
  readonly path: string;
  readonly versions: readonly { readonly at: string; readonly blob: string }[];
}

/** The histories of real sites; none where they are not at hand. */
export function readLives(): readonly Lives[] {
  if (!hasLives) return [];
  const lines = readFileSync(join(HISTORY, "lifecycle.jsonl"), "utf8").split("\n").filter(Boolean);
  const lives = lines.map((line) => JSON.parse(line) as Life);
  return [...Map.groupBy(lives, ({ set }) => set)].map(([set, of]) => ({
    config: readFileSync(join(CORPORA, "cstate", set, "config.yml"), "utf8"),
    versions: of.flatMap(versionsOf).sort((a, b) => a.at - b.at),
  }));
}

function versionsOf({ set, path, versions }: Life): Version[] {
  const name = path
    .replace(/^.*\//, "")
    .replace(/\.md$/, "")
    .replace(/[^\w.-]/g, "_");
  return versions.map(({ at, blob }, index) => {
    const number = String(index + 1).padStart(2, "0");
    const file = join(HISTORY, set, `${name}__v${number}_${blob.slice(0, 8)}.md`);
    return { path, at: Date.parse(at), raw: readFileSync(file, "utf8") };
  });
}
