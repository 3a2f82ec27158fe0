import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import { isZone } from "#lib/calendar/wall-clock.ts";
import {
  fromPlain,
  fromYaml,
  isBlank,
  isMapping,
  type Mapping,
  mappingsOf,
  textOf,
  textsOf,
  type Value,
} from "../front/value.ts";
import { type ForeignFile, type Note, unsaid } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";
import { readLiteral } from "./literal.ts";

/** What a Statusfy configuration says that matters to Candor. */
export interface StatusfySettings {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly locale: string;
  readonly zone: string;
  /** Code of the language that has no folder. */
  readonly language: string;
  readonly contentFolder: string;
  /** Ids, in their order. */
  readonly systems: readonly string[];
}

export function configIn(files: readonly ForeignFile[], root: string): ForeignFile | undefined {
  const shape = /^(?:statusfy\.)?config\.(?:js|cjs|mjs|json|ya?ml|toml)$/;
  return files.find(({ path }) => path.startsWith(root) && shape.test(path.slice(root.length)));
}

const READ = new Set("title name description baseurl defaultlocale locales content timezone".split(" "));

export function readConfig(file: ForeignFile | undefined, remarks: Remarks): StatusfySettings {
  const note = file ? remarks.on(file.path) : unsaid;
  const all = file ? parseConfig(file, note) : {};
  const content = isMapping(all["content"]) ? all["content"] : {};
  const language = textOf(all["defaultlocale"]) || "en";
  const locale = mappingsOf(all["locales"]).find((each) => textOf(each["code"]) === language);
  const url = textOf(all["baseurl"]);
  const isWhole = /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url);
  if (url.length > 1 && !isWhole)
    note(`baseUrl: ${url}`, "it is no whole web address, as “url” of site.yaml has to be");
  const title = textOf(all["title"]) || textOf(all["name"]);
  const description = textOf(all["description"]);
  const zone = textOf(all["timezone"]);
  const other = Object.keys(all).filter((key) => !READ.has(key) && !isBlank(all[key]));
  if (other.length > 0) note(other.join(", "), "settings of the look and the machinery of the old site; left out");
  return {
    ...(title === "" ? {} : { title }),
    ...(isWhole ? { url: url.replace(/\/+$/, "") } : {}),
    ...(description === "" ? {} : { description }),
    locale: localeOf(textOf(locale?.["iso"]) || language),
    zone: isZone(zone) ? zone : "UTC",
    language,
    contentFolder: textOf(content["dir"]) || "content",
    systems: systemsIn(content["systems"]),
  };
}

function localeOf(written: string): string {
  try {
    return Intl.getCanonicalLocales(written.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}

/** Names, or mappings with one. */
function systemsIn(value: Value | undefined): string[] {
  if (!Array.isArray(value)) return textsOf(value);
  return value
    .flatMap((item: Value) =>
      isMapping(item) ? [textOf(item["name"]) || textOf(item["id"]) || textOf(item["title"])] : textsOf(item),
    )
    .filter((name) => name !== "");
}

/** A configuration as data. One in JavaScript is never run: what of it is plainly written down is read. */
function parseConfig(file: ForeignFile, note: Note): Mapping {
  const text = readText(file, note);
  try {
    const value = parseText(file.path, text, note);
    return isMapping(value) ? value : {};
  } catch (fault) {
    const why = fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : "unknown";
    note("the configuration", `it could not be read (${why}); none of it was carried`);
    return {};
  }
}

function parseText(path: string, text: string, note: Note): Value {
  if (path.endsWith("js")) return fromPlain(readLiteral(text, note));
  if (path.endsWith("json")) return fromPlain(JSON.parse(text));
  if (path.endsWith("toml")) return fromPlain(parseToml(text));
  return fromYaml(parseDocument(text, { schema: "failsafe", uniqueKeys: false, logLevel: "silent" }).contents);
}

/** The file with the translations of the site's own language. */
export function namesIn(files: readonly ForeignFile[], root: string, language: string): ForeignFile | undefined {
  return files.find(({ path }) => path === `${root}locales/${language}.json`);
}

/** What readers were told the systems are called: the site keeps that with its translations. */
export function systemNames(
  files: readonly ForeignFile[],
  root: string,
  { language, systems }: StatusfySettings,
): Map<string, string> {
  const file = namesIn(files, root, language);
  if (!file) return new Map();
  try {
    const all = fromPlain(JSON.parse(readText(file, unsaid)));
    const places = isMapping(all) ? [all["systems"], all] : [];
    const found = places.filter((each) => isMapping(each));
    const nameOf = (id: string) => found.map((each) => textOf(each[id.toLowerCase()])).find((name) => name !== "");
    return new Map(systems.flatMap((id) => (nameOf(id) === undefined ? [] : [[id, nameOf(id) ?? id]])));
  } catch {
    return new Map();
  }
}
