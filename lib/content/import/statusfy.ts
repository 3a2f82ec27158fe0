import { type CarriedEntry, importedFrom, isPlaceholder, noteBeside } from "./carried.ts";
import { Components } from "./components.ts";
import type { Home, Issue } from "./cstate/incident.ts";
import { newSite } from "./cstate/site.ts";
import { readPage } from "./front/front-matter.ts";
import { textOf } from "./front/value.ts";
import type { ForeignFile, Imported } from "./imported.ts";
import { Pictures } from "./pictures.ts";
import { Remarks } from "./remarks.ts";
import { Slugs } from "./slug.ts";
import { configIn, namesIn, readConfig, systemNames } from "./statusfy/config.ts";
import { readStatusfyIssue } from "./statusfy/incident.ts";
import { rootOf, sourcesIn } from "./statusfy/layout.ts";
import { readText } from "./text/foreign-text.ts";

/** Moves a Statusfy site in. Pure: the same files give the same bytes, in whatever order they come. */
export function importStatusfy(files: readonly ForeignFile[]): Imported {
  const given = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const remarks = new Remarks();
  const root = rootOf(given);
  const config = configIn(given, root);
  const settings = readConfig(config, remarks);
  const sources = sourcesIn(given, root, settings);
  const onSite = remarks.on(config?.path ?? sources[0]?.file.path ?? "config.js");
  if (!config) onSite("no configuration", "site.yaml was written from what the incidents say");

  const slugs = new Slugs();
  const issues = sources.map((source): Issue => {
    const note = remarks.on(source.file.path);
    const page = readPage(readText(source.file, note), note);
    const wished = source.name.replace(/_/g, "-");
    const slug = slugs.take(source.language === undefined ? wished : `${wished}-${source.language}`, "incident");
    if (source.language !== undefined)
      note(
        `language ${source.language}`,
        "Candor has one language a site; carried as an incident of its own, tagged with it",
      );
    const id = textOf(page.fields.get("id")?.value) || source.id;
    const prefix = source.language === undefined ? "" : `/${source.language}`;
    const former = /^[\w.-]{1,100}$/.test(id) && !id.startsWith(".") ? [`${prefix}/incidents/${id}`] : [];
    return { page, source, slug, formers: former.filter((path) => path !== `/incidents/${slug}`), note };
  });
  const translations = namesIn(given, root, settings.language);
  const names = systemNames(given, root, settings);
  const home: Home = {
    settings,
    components: new Components(
      settings.systems.map((name) => ({ name: names.get(name) ?? name, id: name })),
      onSite,
    ),
    pictures: new Pictures(given, root),
    formers: new Set(issues.flatMap(({ formers }) => formers.map((path) => `${path.toLowerCase()}/`))),
  };
  const entries: CarriedEntry[] = issues.map((issue) => readStatusfyIssue(issue, home));
  const carried = new Set([
    config,
    translations,
    ...sources.map(({ file }) => file),
    ...home.pictures.shown.map(({ file }) => file),
  ]);
  const left = given.filter((file) => !carried.has(file) && !isPlaceholder(file));
  noteBeside(left, root, remarks);
  const site = newSite(settings, home.components.all, onSite);
  return importedFrom({ read: files.length, site, entries, assets: home.pictures.assets, remarks });
}
