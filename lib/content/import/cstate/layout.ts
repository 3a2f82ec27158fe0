import type { ForeignFile } from "../imported.ts";
import type { Settings, SettingsText } from "./settings.ts";

/** A page of the old site: where it stood, in files and on the web. */
export interface Source {
  readonly file: ForeignFile;
  /** Its name without language and extension, which the address was made of. */
  readonly name: string;
  /** Code of its language, where it is not the site's own. */
  readonly language?: string;
  /** Its path on the old site. */
  readonly address: string;
  /** Folder of the file, for pictures kept beside it. */
  readonly folder: string;
  /** It stands where cState keeps its incidents. */
  readonly isAmongIncidents: boolean;
  /** Hugo makes a page of it. */
  readonly isPage: boolean;
}

/** The folder that the site begins in: the given one, or one below it that holds the content. */
export function rootOf(files: readonly ForeignFile[]): string {
  const paths = files.map(({ path }) => path);
  if (paths.some((path) => /^(?:content|issues|(?:config|hugo)\.(?:ya?ml|toml|json)$)/.test(path))) return "";
  const inside = paths.filter((path) => !/(?:^|\/)(?:themes|node_modules|public|exampleSite)\//.test(path));
  return (
    inside
      .map((path) => /^(.*\/)content\/(?:[^/]+\/)?(?:issues|incidents?)\//.exec(path)?.[1])
      .find((root) => root !== undefined) ?? ""
  );
}

/** The configuration in its files; of `hugo` and `config`, Hugo prefers the former. */
export function settingsIn(files: readonly ForeignFile[], root: string): (SettingsText & { file: ForeignFile })[] {
  const found = files.flatMap((file) => {
    const path = file.path.slice(root.length);
    const [, folder, name = "", extension] = /^(config\/_default\/)?([a-z]+)\.(ya?ml|toml|json)$/.exec(path) ?? [];
    if (extension === undefined || !file.path.startsWith(root)) return [];
    const isMain = name === "config" || name === "hugo";
    if (!isMain && (folder === undefined || !/^(?:params|languages)$/.test(name))) return [];
    const format = extension === "toml" ? "toml" : extension === "json" ? "json" : "yaml";
    return [{ file, text: "", format: format as SettingsText["format"], name, ...(isMain ? {} : { under: name }) }];
  });
  const main = found.find(({ name }) => name === "hugo") ?? found.find(({ name }) => name === "config");
  return found.filter((source) => source === main || source.under !== undefined);
}

/** Folders that Hugo or its users keep beside the content. */
const ASIDE =
  /^(?:\.|themes\/|node_modules\/|public\/|resources\/|archetypes\/|layouts\/|static\/|assets\/|i18n\/|data\/)/;
const INCIDENTS = /^(?:issues|incidents?)\//;

/** Every file that may be a page of the site. */
export function sourcesIn(files: readonly ForeignFile[], root: string, settings: Settings): Source[] {
  const folders = contentFolders(files, root, settings);
  return files.flatMap((file) => {
    const folder = folders.find(({ path }) => file.path.startsWith(path));
    if (!folder || ASIDE.test(file.path.slice(root.length))) return [];
    return [sourceOf(file, folder, settings)];
  });
}

interface ContentFolder {
  readonly path: string;
  readonly language?: string;
  /** No folder of a site: somebody gave the incidents alone. */
  readonly isLoose?: boolean;
}

/** The folders that hold pages, the deepest first. */
function contentFolders(files: readonly ForeignFile[], root: string, settings: Settings): ContentFolder[] {
  const named = [...settings.languages].flatMap(([language, path]) =>
    path === undefined ? [] : [{ path: `${root}${path.replace(/\/*$/, "/")}`, language }],
  );
  const main = `${root}${settings.contentFolder}/`;
  const guessed = files.flatMap(({ path }) => {
    const [, folder, language = ""] = path.startsWith(main)
      ? (/^(([^/]+)\/)(?:issues|incidents?)\//.exec(path.slice(main.length)) ?? [])
      : [];
    return folder === undefined || INCIDENTS.test(folder)
      ? []
      : [{ path: main + folder, language: LANGUAGES[language.toLowerCase()] ?? language.toLowerCase() }];
  });
  const all = [
    ...named,
    ...guessed.filter((folder) => !named.some(({ path }) => path === folder.path)),
    { path: main },
  ];
  const used = all.filter(
    ({ path }, index) =>
      files.some((file) => file.path.startsWith(path)) && all.findIndex((other) => other.path === path) === index,
  );
  return used.length > 0 ? used.sort((a, b) => b.path.length - a.path.length) : [{ path: root, isLoose: true }];
}

const LANGUAGES: Readonly<Record<string, string>> = {
  english: "en",
  german: "de",
  deutsch: "de",
  french: "fr",
  francais: "fr",
  italian: "it",
  italiano: "it",
  spanish: "es",
  espanol: "es",
  portuguese: "pt",
  dutch: "nl",
  swedish: "sv",
  danish: "da",
  norwegian: "no",
  polish: "pl",
  lithuanian: "lt",
  japanese: "ja",
  chinese: "zh",
};

function sourceOf(file: ForeignFile, folder: ContentFolder, settings: Settings): Source {
  const path = file.path.slice(folder.path.length);
  const parts = path.split("/");
  const base = parts.pop() ?? "";
  const [, bare = base, extension] = /^(.+?)\.(md|markdown|mdown|html?)$/i.exec(base) ?? [];
  const suffix = /\.([a-z]{2}(?:-[a-z]{2})?)$/i.exec(bare)?.[1]?.toLowerCase() ?? "";
  const isTranslated = settings.languages.has(suffix);
  const named = isTranslated ? bare.slice(0, -suffix.length - 1) : bare;
  // A folder with an `index` is one page, with what it needs beside it.
  const name = named === "index" ? (parts.pop() ?? named) : named;
  const written = isTranslated ? suffix : folder.language;
  const language = written === settings.language ? undefined : written;
  const place = folder.isLoose && !INCIDENTS.test(path) ? ["issues"] : parts;
  return {
    file,
    name,
    ...(language === undefined ? {} : { language }),
    address: `/${[...(language === undefined ? [] : [language]), ...place, name].map(addressPart).join("/")}/`,
    folder: file.path.slice(0, file.path.lastIndexOf("/") + 1),
    isAmongIncidents: INCIDENTS.test(path),
    isPage: extension !== undefined,
  };
}

/** A name as Hugo writes it in an address: small letters, hyphens for blanks, most punctuation left out. */
export function addressPart(name: string): string {
  return name
    .toLowerCase()
    .replace(/\s+/g, "-")
    .replace(/[^\p{L}\p{M}\p{N}._+~@-]/gu, "")
    .replace(/-{2,}/g, "-");
}
