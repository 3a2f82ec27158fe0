import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import { isZone } from "#lib/calendar/zone.ts";
import type { Note } from "../imported.ts";
import { linesIn } from "./front-matter.ts";
import { fromPlain, fromYaml, isBlank, isMapping, type Mapping, textOf, type Value } from "./value.ts";

/** A part of the product, as the old configuration lists it. */
export interface System {
  readonly name: string;
  readonly group?: string;
  readonly description?: string;
}

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
  /** In the order of their categories. */
  readonly systems: readonly System[];
}

/** A configuration file's text, and under which key its values belong (`params` for Hugo's `params.toml`). */
export interface SettingsText {
  readonly text: string;
  readonly format: "yaml" | "toml" | "json";
  readonly under?: string;
}

/** Parameters that say nothing a reader of the new site would miss. */
const LOOKS = new Set([
  "alwayskeepbrandcolor", "brand", "categories", "customtabs", "dateformat", "description", "disablecomplexcalculations", "disabledarkmode",
  "disableincidenthistory", "disrupted", "down", "enablecustomhtml", "enablelastmod", "googleanalytics", "headertextcolor",
  "incidenthistoryformat", "incidentmaxageyears", "incidentpostsperpage", "logo", "notice", "ok", "shortdateformat", "skin", "skipseconds",
  "systems", "uselargeheaderdesign", "uselogo", "userelativetime",
]);

export function readSettings(sources: readonly (SettingsText & { readonly note: Note })[]): Settings {
  const all: Record<string, Value> = {};
  for (const source of sources) {
    const read = parseSettings(source, source.note);
    Object.assign(all, source.under === undefined ? read : { [source.under]: read });
  }
  const note: Note = sources[0]?.note ?? (() => {});
  const params = isMapping(all["params"]) ? all["params"] : {};
  const language = textOf(all["defaultcontentlanguage"]).toLowerCase() || "en";
  const title = textOf(all["title"]);
  const url = addressOf(textOf(all["baseurl"]), note);
  const description = textOf(params["description"]) || textOf(all["description"]);
  noteLooks(params, note);
  return {
    ...(title === "" ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(description === "" ? {} : { description }),
    locale: localeOf(textOf(all["languagecode"]) || textOf(all["locale"]) || language, note),
    zone: zoneOf(textOf(all["timezone"]), note),
    language,
    languages: languagesOf(all["languages"]),
    contentFolder: textOf(all["contentdir"]) || "content",
    systems: systemsOf(params, note),
  };
}

/** Reads as much as can be read: a duplicate key or a broken line costs no other line. */
function parseSettings({ text, format }: SettingsText, note: Note): Mapping {
  if (format === "yaml") {
    const document = parseDocument(text, { schema: "failsafe", uniqueKeys: true, prettyErrors: false, logLevel: "silent" });
    for (const { code, message, pos } of document.errors) {
      const what = code === "DUPLICATE_KEY" ? `“${/^[^\s:]*/.exec(text.slice(pos[0]))?.[0] ?? ""}” twice` : "the configuration";
      const why = code === "DUPLICATE_KEY" ? "the last that says something was taken" : `not valid YAML (${message.split("\n")[0] ?? ""}); read as far as possible`;
      note(what, why, linesIn(text.slice(0, pos[0])) + 1);
    }
    const value = fromYaml(document.contents);
    return isMapping(value) ? value : {};
  }
  try {
    const value = fromPlain(format === "toml" ? parseToml(text) : JSON.parse(text));
    return isMapping(value) ? value : {};
  } catch (fault) {
    note("the configuration", `it could not be read (${fault instanceof Error ? fault.message.split("\n")[0] : "unknown"}); none of it was carried`);
    return {};
  }
}

function addressOf(written: string, note: Note): string | undefined {
  if (/^https?:\/\/[^\s/]/i.test(written)) return written.replace(/\/+$/, "");
  if (written !== "") note(`baseURL “${written}”`, "it is no whole web address; write the site's in “url” of site.yaml");
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
  if (!isMapping(written)) return new Map();
  const codes = Object.entries(written).filter(([, value]) => isMapping(value));
  return new Map(codes.map(([code, value]) => [code, textOf((value as Mapping)["contentdir"]) || undefined]));
}

function systemsOf(params: Mapping, note: Note): System[] {
  const categories = mappingsOf(params["categories"]);
  const order = categories.map((category) => textOf(category["name"]));
  const untitled = new Set(categories.filter((category) => textOf(category["untitled"]) === "true").map((category) => textOf(category["name"])));
  const described = categories.filter((category) => textOf(category["description"]) !== "").map((category) => `${textOf(category["name"])}: ${textOf(category["description"])}`);
  if (described.length > 0) note(`descriptions of categories (${described.join("; ")})`, "groups have none; left out");
  const written = mappingsOf(params["systems"]).filter((system) => textOf(system["name"]) !== "");
  for (const [key, reason] of [
    ["hide", "components cannot be hidden; shown like any other"],
    ["link", "components have no link; left out"],
    ["partial", "components have no HTML of their own; left out"],
  ] as const) {
    const with_ = written.filter((system) => !["", "false"].includes(textOf(system[key])));
    if (with_.length > 0) note(`“${key}” of ${with_.map((system) => textOf(system["name"])).join(", ")}`, reason);
  }
  const systems = written.map((system): System => {
    const category = textOf(system["category"]);
    const description = textOf(system["description"]);
    return {
      name: textOf(system["name"]),
      ...(category === "" || untitled.has(category) ? {} : { group: category }),
      ...(description === "" ? {} : { description }),
    };
  });
  const rank = (index: number) => {
    const at = order.indexOf(textOf(written[index]?.["category"]));
    return at === -1 ? order.length : at;
  };
  return systems.map((system, index) => ({ system, rank: rank(index) })).sort((a, b) => a.rank - b.rank).map(({ system }) => system);
}

function mappingsOf(value: Value | undefined): Mapping[] {
  return Array.isArray(value) ? value.filter((item: Value): item is Mapping => isMapping(item)) : [];
}

function noteLooks(params: Mapping, note: Note): void {
  const tabs = mappingsOf(params["customtabs"]).map((tab) => `${textOf(tab["name"])} (${textOf(tab["link"])})`);
  if (tabs.length > 0) note(`customTabs: ${tabs.join(", ")}`, "there is no menu of links; left out");
  if (!isBlank(params["logo"])) note(`logo: ${textOf(params["logo"])}`, "the look of the old site is not carried");
  const other = Object.keys(params).filter((key) => !LOOKS.has(key));
  if (other.length > 0) note(`params ${other.join(", ")}`, "nothing in Candor matches them; left out");
}
