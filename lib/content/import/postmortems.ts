import { importedFrom, isPlaceholder, noteBeside } from "./carried.ts";
import { Components } from "./components.ts";
import { newSite } from "./cstate/site.ts";
import type { ForeignFile, Imported } from "./imported.ts";
import { Pictures } from "./pictures.ts";
import { type Home, readPostmortem } from "./postmortems/incident.ts";
import { sourcesIn } from "./postmortems/sources.ts";
import { Remarks } from "./remarks.ts";
import { Slugs } from "./slug.ts";

/** Moves a collection of Markdown postmortems in. Pure: the same files give the same bytes, in whatever order they come. */
export function importPostmortems(files: readonly ForeignFile[]): Imported {
  const given = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const remarks = new Remarks();
  const sources = sourcesIn(given, remarks);
  const onSite = remarks.on(sources[0]?.file.path ?? given[0]?.path ?? "postmortems");
  const home: Home = {
    zone: "UTC",
    components: new Components([], onSite),
    pictures: new Pictures(given, ""),
    slugs: new Slugs(),
    formers: new Set(sources.map(({ address }) => `${decodeURI(address).toLowerCase()}/`)),
  };
  const entries = sources.map((source) => readPostmortem(source, home, remarks));
  const carried = new Set([...sources, ...home.pictures.shown].map(({ file }) => file));
  const said = new Set(remarks.all.map(({ file }) => file));
  const left = given.filter((file) => !carried.has(file) && !isPlaceholder(file) && !said.has(file.path));
  noteBeside(left, "", remarks);
  const site = newSite({ zone: home.zone, locale: "en" }, home.components.all, onSite);
  return importedFrom({ read: files.length, site, entries, assets: home.pictures.assets, remarks });
}
