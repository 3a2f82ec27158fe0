import { type CarriedEntry, importedFrom, noteBeside } from "./carried.ts";
import { isBlank, type Mapping, textOf } from "./front/value.ts";
import type { ForeignFile, Imported, Note } from "./imported.ts";
import { Remarks } from "./remarks.ts";
import { shortened } from "./shortened.ts";
import type { NewSite } from "./site-file.ts";
import { Slugs } from "./slug.ts";
import { type Answers, type IncidentAnswer, readAnswers } from "./statuspage/answers.ts";
import { gatherComponents, groupIds, ID, PageComponents } from "./statuspage/components.ts";
import { type Home, readIncident } from "./statuspage/incident.ts";
import { zoneOf } from "./statuspage/zone.ts";
import { isHtml, markdownFromHtml } from "./text/from-html.ts";
import { cleanMarkdown } from "./text/markdown.ts";
import { linesToMarkdown } from "./text/plain-lines.ts";

/**
 * Moves a Statuspage in from what its API answered, saved as files, or from its history feed. Pure: the same files
 * give the same bytes, in whatever order they come.
 */
export function importStatuspage(files: readonly ForeignFile[]): Imported {
  const given = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const remarks = new Remarks();
  const answers = readAnswers(given, remarks);
  const page = mainPage(answers);
  const isOurs = (other: Mapping) => isBlank(other) || keyOf(other) === keyOf(page);
  const incidents = mergeIncidents(answers.incidents.filter((answer) => isOurs(answer.page)));
  const lists = answers.components.filter((list) => isOurs(list.page)).toSorted((a, b) => newerPage(a.page, b.page));
  for (const { page: other, note } of [...answers.incidents, ...answers.components])
    if (!isOurs(other))
      note(`the page “${textOf(other["name"])}”`, "it is another page; import it into a folder of its own");

  const onPage = remarks.on(lists[0]?.file ?? incidents[0]?.file ?? given[0]?.path ?? "incidents.json");
  const components = new PageComponents(gatherComponents(lists, incidents), onPage);
  const site = siteOf(page, components, groupIds(lists, components), onPage);

  const formers = new Set(incidents.map(({ value }) => `/incidents/${textOf(value["id"]).toLowerCase()}/`));
  const home: Home = { zone: site.timezone, components, slugs: new Slugs(), textOf: textReader(site.url, formers) };
  const entries: CarriedEntry[] = incidents.map((answer) => readIncident(answer, home));
  noteBeside(
    given.filter((file) => !answers.carried.has(file)),
    "",
    remarks,
  );
  return importedFrom({ read: files.length, site, entries, assets: [], remarks });
}

/** The page that most files are of. */
function mainPage({ incidents, components, pages }: Answers): Mapping {
  const counts = new Map<string, number>();
  const add = (page: Mapping, weight: number) => {
    if (!isBlank(page)) counts.set(keyOf(page), (counts.get(keyOf(page)) ?? 0) + weight);
  };
  for (const { page } of incidents) add(page, 1000);
  for (const list of components) add(list.page, list.components.length);
  const [most] = [...counts].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  return pages.filter((page) => most === undefined || keyOf(page) === most[0]).toSorted(newerPage)[0] ?? {};
}

/** One page by whatever name: a feed knows its address, and the API an id as well. */
function keyOf(page: Mapping): string {
  return (
    textOf(page["url"])
      .replace(/^https?:\/\/|\/+$/g, "")
      .toLowerCase() || textOf(page["id"])
  );
}

function newerPage(a: Mapping, b: Mapping): number {
  return timeOf(b) - timeOf(a);
}

function timeOf(value: Mapping): number {
  return Date.parse(textOf(value["updated_at"])) || 0;
}

/** Each incident once, in order of time: of several answers about one the newest counts, and the API before a feed. */
function mergeIncidents(answers: readonly IncidentAnswer[]): IncidentAnswer[] {
  const keyOfIncident = ({ value }: IncidentAnswer, index: number) =>
    textOf(value["id"]) || `${textOf(value["name"])} ${textOf(value["created_at"])}` || String(index);
  const taken = new Map<string, IncidentAnswer>();
  for (const [index, answer] of answers.entries()) {
    const key = keyOfIncident(answer, index);
    const known = taken.get(key);
    const isBetter =
      !known || (known.isFeed === answer.isFeed ? timeOf(answer.value) > timeOf(known.value) : known.isFeed);
    const [kept, left] = isBetter ? [answer, known] : [known, answer];
    taken.set(key, kept);
    left?.note(`incident ${key} “${textOf(left.value["name"])}”`, `the newer answer in ${kept.file} was taken`);
  }
  const began = ({ value }: IncidentAnswer) => textOf(value["started_at"]) || textOf(value["created_at"]);
  return [...taken.values()].sort(
    (a, b) =>
      (Date.parse(began(b)) || 0) - (Date.parse(began(a)) || 0) ||
      (textOf(a.value["id"]) < textOf(b.value["id"]) ? -1 : 1),
  );
}

function siteOf(
  page: Mapping,
  components: PageComponents,
  groups: Readonly<Record<string, string>>,
  note: Note,
): NewSite {
  const name = textOf(page["name"]);
  const url = textOf(page["url"]);
  const isWhole = /^https?:\/\/[^\s/]/i.test(url) && URL.canParse(url);
  if (name === "") note("no name of the page", "“Status” was written; name the site in site.yaml");
  if (!isWhole)
    note("no web address", "https://status.example.com was written; put the site's own into “url” of site.yaml");
  const id = textOf(page["id"]);
  if (id !== "") note("the page's updated_at", "Candor's API makes its own");
  const formerIds = {
    ...(ID.test(id) ? { page: id } : {}),
    ...(Object.keys(components.formerIds).length > 0 ? { components: components.formerIds } : {}),
    ...(Object.keys(groups).length > 0 ? { groups } : {}),
  };
  return {
    name: shortened(name || "Status", 100, note),
    url: isWhole ? url.replace(/\/+$/, "") : "https://status.example.com",
    timezone: zoneOf(textOf(page["time_zone"]), note),
    locale: "en",
    components: components.all,
    ...(Object.keys(formerIds).length > 0 ? { former_ids: formerIds } : {}),
  };
}

/** HTML becomes Markdown, line breaks stay line breaks, and nothing unsafe is left. */
function textReader(url: string, formers: ReadonlySet<string>): Home["textOf"] {
  return (body, { value, note }) => {
    const text = isHtml(body) ? markdownFromHtml(body, note) : linesToMarkdown(body);
    return cleanMarkdown(text, {
      address: `${url}/incidents/${encodeURIComponent(textOf(value["id"]))}`,
      isFormer: (path) =>
        formers.has(
          path
            .toLowerCase()
            .replace(/[?#].*$/, "")
            .replace(/\/?$/, "/"),
        ),
      picture: () => undefined,
      note: (what, reason) => note(what, reason),
    });
  };
}
