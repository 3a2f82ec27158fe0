import type { ForeignFile } from "./imported.ts";

/** What the files of each format have that no other has. The first that fits counts. */
const SIGNS: readonly (readonly [format: string, path: RegExp, text?: RegExp])[] = [
  ["upptime", /(?:^|\/)\.(?:upptimerc|statusrc)\.ya?ml$/],
  ["statusfy", /(?:^|\/)statusfy\.config\.(?:js|json|ya?ml|toml)$/],
  ["statuspage", /\.json$/i, /"incident_updates"\s*:/],
  ["upptime", /\.json$/i, /"(?:closedAt|closed_at)"\s*:[\s\S]*"(?:name|labels)"\s*:/],
  ["statuspage", /(?:^|\/)history\.atom$/],
  ["cstate", /(?:^|\/)content\/(?:[^/]+\/)?(?:issues|incidents?)\/[^/]+\.(?:md|markdown)$/],
  ["statusfy", /(?:^|\/)content\/[^/]+\.md$/, /^(?:severity|affectedsystems)\s*:/m],
];

const MOST_BYTES = 200_000;

/** The format that a site's files look like; nothing where they have no sign of any, as collections of postmortems. */
export function formatOf(files: readonly ForeignFile[]): string | undefined {
  const decoder = new TextDecoder();
  const has = (path: RegExp, text: RegExp | undefined) =>
    files.some(
      (file) =>
        path.test(file.path) && (text === undefined || text.test(decoder.decode(file.bytes.subarray(0, MOST_BYTES)))),
    );
  return SIGNS.find(([, path, text]) => has(path, text))?.[0];
}
