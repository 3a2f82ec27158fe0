import { parse as parseToml } from "smol-toml";
import { parseDocument, type YAMLParseError } from "yaml";
import { isZone } from "#lib/calendar/wall-clock.ts";
import type { System } from "../components.ts";
import { linesIn } from "../front/front-matter.ts";
import {
  fromPlain,
  fromYaml,
  isBlank,
  isMapping,
  type Mapping,
  mappingsOf,
  textOf,
  type Value,
} from "../front/value.ts";
import { type Note, unsaid } from "../imported.ts";
import { readSystems } from "./systems.ts";

/** What the old site's configuration says that matters to Candor. */
export interface Settings {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly locale: string;
  /** IANA name. */
  readonly zone: string;
  /** Code of the language that has no directory in addresses. */
  readonly language: string;
  /** Language codes and the folders of their pages, where the configuration names them. */
  readonly languages: ReadonlyMap<string, string | undefined>;
  readonly contentFolder: string;
  /** In the order in which they were shown. */
  readonly systems: readonly System[];
}

/** A configuration file's text, and under which key its values belong (`params` for Hugo's `params.toml`). */
export interface SettingsText {
  readonly text: string;
  readonly format: "yaml" | "toml" | "json";
  readonly under?: string;
}

export function readSettings(sources: readonly (SettingsText & { readonly note: Note })[]): Settings {
  const all: Record<string, Value> = {};
  for (const source of sources) {
    const read = parseSettings(source, source.note);
    Object.assign(all, source.under === undefined ? read : { [source.under]: read });
  }
  const note = sources[0]?.note ?? unsaid;
  const params = isMapping(all["params"]) ? all["params"] : {};
  const language = textOf(all["defaultcontentlanguage"]).toLowerCase() || "en";
  const title = textOf(all["title"]);
  const url = addressOf(textOf(all["baseurl"]), note);
  const description = textOf(params["description"]) || textOf(all["description"]);
  noteTheRest(all, params, note);
  return {
    ...(title === "" ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(description === "" ? {} : { description }),
    locale: localeOf(textOf(all["languagecode"]) || textOf(all["locale"]) || language, note),
    zone: zoneOf(textOf(all["timezone"]), note),
    language,
    languages: languagesOf(all["languages"]),
    contentFolder: textOf(all["contentdir"]) || "content",
    systems: readSystems(params, note),
  };
}

/** Reads as much as can be read: a duplicate key or a broken line costs no other line. */
function parseSettings({ text, format }: SettingsText, note: Note): Mapping {
  const value = format === "yaml" ? parseYaml(text, note) : parsePlain(text, format, note);
  return isMapping(value) ? value : {};
}

function parseYaml(text: string, note: Note): Value {
  const document = parseDocument(text, {
    schema: "failsafe",
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: "silent",
  });
  for (const error of document.errors) noteYamlError(error, text, note);
  return fromYaml(document.contents);
}

function noteYamlError({ code, message, pos }: YAMLParseError, text: string, note: Note): void {
  const line = linesIn(text.slice(0, pos[0])) + 1;
  if (code === "DUPLICATE_KEY") {
    const key = /^[^\s:]*/.exec(text.slice(pos[0]))?.[0] ?? "";
    note(`“${key}” twice`, "the last that says something was taken", line);
  } else {
    note("the configuration", `not valid YAML (${message.split("\n")[0] ?? ""}); read as far as possible`, line);
  }
}

function parsePlain(text: string, format: "toml" | "json", note: Note): Value {
  try {
    return fromPlain(format === "toml" ? parseToml(text) : JSON.parse(text));
  } catch (fault) {
    const why = fault instanceof Error ? (fault.message.split("\n")[0] ?? "") : "unknown";
    note("the configuration", `it could not be read (${why}); none of it was carried`);
    return {};
  }
}

function addressOf(written: string, note: Note): string | undefined {
  if (/^https?:\/\/[^\s/]/i.test(written) && URL.canParse(written)) return written.replace(/\/+$/, "");
  if (written !== "") note(`baseURL “${written}”`, "it is no whole web address, as “url” of site.yaml has to be");
  return undefined;
}

function localeOf(written: string, note: Note): string {
  try {
    return Intl.getCanonicalLocales(written.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    note(`the language “${written}”`, "it is no language tag; en was written");
    return "en";
  }
}

function zoneOf(written: string, note: Note): string {
  if (written === "" || isZone(written)) return written || "UTC";
  note(`the time zone “${written}”`, "it is not known; UTC was written");
  return "UTC";
}

function languagesOf(written: Value | undefined): Map<string, string | undefined> {
  const codes = isMapping(written) ? Object.entries(written) : [];
  return new Map(
    codes.flatMap(([code, value]) => (isMapping(value) ? [[code, textOf(value["contentdir"]) || undefined]] : [])),
  );
}

const READ = new Set(
  "title baseurl languagecode locale defaultcontentlanguage languages contentdir timezone description params".split(
    " ",
  ),
);
const READ_PARAMS = new Set("description categories systems customtabs logo".split(" "));

/** Remarks what a configuration says beyond that: the machinery and the look of the old site. */
function noteTheRest(all: Readonly<Record<string, Value>>, params: Mapping, note: Note): void {
  const tabs = mappingsOf(params["customtabs"]).map(({ name, link }) => `${textOf(name)} (${textOf(link)})`);
  if (tabs.length > 0) note(`customTabs: ${tabs.join(", ")}`, "there is no menu of links; left out");
  if (!isBlank(params["logo"])) note(`logo: ${textOf(params["logo"])}`, "the look of the old site is not carried");
  const other = [
    ...Object.keys(all).filter((key) => !READ.has(key)),
    ...Object.keys(params).filter((key) => !READ_PARAMS.has(key)),
  ];
  if (other.length > 0) note(other.join(", "), "settings of Hugo and of the look of the old site; left out");
}
