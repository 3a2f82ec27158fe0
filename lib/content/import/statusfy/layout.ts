import hash from "hash-sum";
import type { Source } from "../cstate/layout.ts";
import type { ForeignFile } from "../imported.ts";
import type { StatusfySettings } from "./config.ts";

/** A page of a Statusfy site, with the id that Statusfy makes of its file's name. */
export interface StatusfySource extends Source {
  readonly id: string;
}

/** The folder the site begins in: the one that holds its configuration or its content. */
export function rootOf(files: readonly ForeignFile[]): string {
  const inside = files
    .map(({ path }) => path)
    .filter((path) => !/(?:^|\/)(?:node_modules|dist|\.statusfy)\//.test(path));
  const found =
    inside.map((path) => /^(.*?)(?:statusfy\.)?config\.(?:js|json|ya?ml|toml|mjs|cjs)$/.exec(path)?.[1]) ?? [];
  const content = inside.map((path) => /^((?:.*?\/)?)content\/(?:[^/]+\/)?[^/]+\.md$/i.exec(path)?.[1]);
  const roots = [...content, ...found].filter((root) => root !== undefined && !/[^/]$/.test(root));
  return roots.toSorted((a, b) => (a ?? "").length - (b ?? "").length)[0] ?? "";
}

/** The incidents: Markdown right in the content folder, and in a folder a language below it. */
export function sourcesIn(files: readonly ForeignFile[], root: string, settings: StatusfySettings): StatusfySource[] {
  const folder = `${root}${settings.contentFolder.replace(/^\.?\/+|\/+$/g, "")}/`;
  const base = files.some(({ path }) => path.startsWith(folder)) ? folder : root;
  const sources = files.flatMap((file): StatusfySource[] => {
    const [, language = "", name, extension = ""] =
      /^(?:([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)\/)?([^/]+)\.(md|markdown)$/i.exec(file.path.slice(base.length)) ?? [];
    if (!file.path.startsWith(base) || name === undefined || NO_PAGE.test(name)) return [];
    const code = language === "" || language === settings.language ? undefined : language.toLowerCase();
    const id = hash(`${name}.${extension}`);
    return [
      {
        file,
        name,
        id,
        ...(code === undefined ? {} : { language: code }),
        address: `${code === undefined ? "" : `/${language}`}/incidents/${id}/`,
        folder: file.path.slice(0, file.path.lastIndexOf("/") + 1),
        isAmongIncidents: true,
        isPage: true,
      },
    ];
  });
  // The site's own language first, so that its incidents have the plain addresses.
  return sources.sort((a, b) => Number(a.language !== undefined) - Number(b.language !== undefined));
}

const NO_PAGE = /^(?:readme|license|licence|contributing|changelog|code_of_conduct)$/i;
