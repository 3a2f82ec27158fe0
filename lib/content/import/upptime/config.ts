import { parseDocument } from "yaml";
import { slugOf } from "#lib/content/author/slug.ts";
import { fromYaml, isBlank, isMapping, type Mapping, mappingsOf, textOf } from "../front/value.ts";
import type { ForeignFile, Note } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";

/** Something that Upptime watches. */
export interface Site {
  readonly name: string;
  readonly slug: string;
  /** Where readers may look at it; absent where it is a secret. */
  readonly url?: string;
}

interface Settings {
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly sites: readonly Site[];
}

interface Config {
  readonly file?: ForeignFile;
  readonly settings: Settings;
  /** The folder of the configuration. */
  readonly root: string;
}

const READ = new Set(["owner", "repo", "sites", "status-website"]);
const READ_WEBSITE = new Set(["cname", "baseurl", "name", "introtitle", "intromessage"]);
const READ_SITE = new Set(["name", "url", "slug"]);

export function readUpptimeConfig(files: readonly ForeignFile[], remarks: Remarks): Config {
  const file = files.find(({ path }) => /(?:^|\/)\.(?:upptimerc|statusrc)\.ya?ml$/.test(path));
  if (!file) return { settings: { sites: [] }, root: "" };
  const note = remarks.on(file.path);
  const document = parseDocument(readText(file, note), { schema: "failsafe", uniqueKeys: false, logLevel: "silent" });
  for (const { message } of document.errors.slice(0, 3))
    note("the configuration", `not valid YAML (${message.split("\n")[0] ?? ""}); read as far as possible`);
  const value = fromYaml(document.contents);
  const all = isMapping(value) ? value : {};
  const website = isMapping(all["status-website"]) ? all["status-website"] : {};
  noteTheRest(all, website, note);
  const description = textOf(website["intromessage"]) || textOf(website["introtitle"]);
  const title = textOf(website["name"]);
  const url = addressOf(all, website);
  return {
    file,
    root: file.path.slice(0, file.path.lastIndexOf("/") + 1),
    settings: {
      ...(title === "" ? {} : { title }),
      ...(url === undefined ? {} : { url }),
      ...(description === "" ? {} : { description }),
      sites: mappingsOf(all["sites"]).flatMap((site): Site[] => siteOf(site)),
    },
  };
}

function siteOf(site: Mapping): Site[] {
  const name = textOf(site["name"]) || textOf(site["url"]).replace(/^https?:\/\//, "");
  const url = textOf(site["url"]);
  const slug = textOf(site["slug"]) || slugOf(name);
  const isOpen = /^https?:\/\/[^\s$@]+$/i.test(url);
  return name === "" ? [] : [{ name, slug, ...(isOpen ? { url } : {}) }];
}

function addressOf(all: Mapping, website: Mapping): string | undefined {
  const cname = textOf(website["cname"]);
  const owner = textOf(all["owner"]);
  const base = textOf(website["baseurl"]) || (textOf(all["repo"]) === "" ? "" : `/${textOf(all["repo"])}`);
  const url =
    cname === "" ? `https://${owner.toLowerCase()}.github.io${base}` : `https://${cname.replace(/^https?:\/\//, "")}`;
  return (cname === "" && owner === "") || !URL.canParse(url) ? undefined : url.replace(/\/+$/, "");
}

/** Only the names of what is left: values can be secrets. */
function noteTheRest(all: Mapping, website: Mapping, note: Note): void {
  const left = (value: Mapping, read: ReadonlySet<string>) =>
    Object.keys(value).filter((key) => !read.has(key) && !isBlank(value[key]));
  const ofSites = new Set(mappingsOf(all["sites"]).flatMap((site) => left(site, READ_SITE)));
  const other = [...left(all, READ), ...left(website, READ_WEBSITE).map((key) => `status-website.${key}`)];
  if (other.length > 0) note(other.join(", "), "settings of Upptime and of the look of the old site; left out");
  if (ofSites.size > 0) note(`${[...ofSites].join(", ")} of sites`, "how Upptime watches them; Candor watches nothing");
  if (textOf(website["intromessage"]) !== "" && textOf(website["introtitle"]) !== "")
    note(`introTitle: ${textOf(website["introtitle"])}`, "introMessage became the description");
}
