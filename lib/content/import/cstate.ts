import { slugOf } from "../author/slug.ts";
import { importedFrom } from "./carried.ts";
import { Components } from "./components.ts";
import { type Home, type Issue, type ReadIssue, readIssue } from "./cstate/incident.ts";
import { issuesIn } from "./cstate/issues.ts";
import { rootOf, settingsIn, sourcesIn } from "./cstate/layout.ts";
import { noteLeftBehind } from "./cstate/left-behind.ts";
import { readSettings } from "./cstate/settings.ts";
import { newSite } from "./cstate/site.ts";
import type { ForeignFile, Imported } from "./imported.ts";
import { Pictures } from "./pictures.ts";
import { Remarks } from "./remarks.ts";
import { readText } from "./text/foreign-text.ts";

const STALE_MS = 30 * 86_400_000;

/**
 * Moves a cState (Hugo) site in. Pure: the same files give the same bytes, in whatever order they come. Every file
 * that holds an incident becomes a file; what cannot be carried as it was is remarked, never dropped in silence.
 */
export function importCstate(files: readonly ForeignFile[]): Imported {
  const given = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const remarks = new Remarks();
  const root = rootOf(given);
  const texts = settingsIn(given, root);
  const settings = readSettings(
    texts.map((source) => ({
      ...source,
      text: readText(source.file, remarks.on(source.file.path)),
      note: remarks.on(source.file.path),
    })),
  );
  const onSite = remarks.on(texts[0]?.file.path ?? "config.yml");
  if (texts.length === 0) onSite("no configuration", "site.yaml was written from what the incidents say");

  const sources = sourcesIn(given, root, settings);
  const issues = issuesIn(sources, remarks);
  const home: Home = {
    settings,
    components: new Components(settings.systems, onSite),
    pictures: new Pictures(given, root),
    formers: new Set(issues.flatMap(({ formers }) => formers)),
  };
  const read = issues.map((issue) => readIssue(issue, home));
  noteTranslations(issues);
  noteStale(issues, read);
  const carried = new Set(
    [...texts, ...issues.map(({ source }) => source), ...home.pictures.shown].map(({ file }) => file),
  );
  noteLeftBehind(given, { root, sources, carried }, remarks);

  const site = newSite(settings, home.components.all, onSite);
  return importedFrom({ read: files.length, site, entries: read, assets: home.pictures.assets, remarks });
}

function noteTranslations(issues: readonly Issue[]): void {
  const names = new Set(issues.filter(({ source }) => source.language === undefined).map(({ source }) => source.name));
  for (const { source, note } of issues) {
    if (source.language === undefined) continue;
    const twin = names.has(source.name)
      ? `; the same incident in the site's own language is ${slugOf(source.name)}`
      : "";
    note(
      `language ${source.language}`,
      `Candor has one language a site; carried as an incident of its own, with its language as a tag${twin}`,
    );
  }
}

/** What nobody closed for a month while the site went on is probably over. */
function noteStale(issues: readonly Issue[], read: readonly ReadIssue[]): void {
  const newest = Math.max(...read.map(({ lastAt }) => lastAt));
  for (const [index, { isOpen, lastAt }] of read.entries()) {
    if (isOpen && newest - lastAt > STALE_MS)
      issues[index]?.note(
        "still open",
        "the newest entry of the site is more than 30 days younger; resolve it if it is over",
      );
  }
}
