import { importedFrom, isPlaceholder, noteBeside } from "./carried.ts";
import { Components } from "./components.ts";
import { newSite } from "./cstate/site.ts";
import type { ForeignFile, Imported } from "./imported.ts";
import { Remarks } from "./remarks.ts";
import { Slugs } from "./slug.ts";
import { readUpptimeConfig } from "./upptime/config.ts";
import { startsIn } from "./upptime/history.ts";
import { type Home, readUpptimeIssue } from "./upptime/incident.ts";
import { issuesIn } from "./upptime/issues.ts";

/**
 * Moves an Upptime site in: its repository's files, and its issues as `gh issue list --json …` or GitHub's API give
 * them, in JSON files among them. Pure: the same files give the same bytes, in whatever order they come.
 */
export function importUpptime(files: readonly ForeignFile[]): Imported {
  const given = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const remarks = new Remarks();
  const { file: configFile, settings, root } = readUpptimeConfig(given, remarks);
  const onSite = remarks.on(configFile?.path ?? given[0]?.path ?? ".upptimerc.yml");
  if (!configFile) onSite("no .upptimerc.yml", "site.yaml was written from what the issues say");
  const history = startsIn(given, root, remarks);
  const { issues, carried } = issuesIn(given, remarks);
  if (issues.length === 0)
    onSite(
      "no issues",
      "Upptime keeps incidents as issues; save them with “gh issue list --state all --json number,title,body,state,createdAt,closedAt,labels,comments > issues.json”",
    );
  const home: Home = {
    components: new Components(
      settings.sites.map(({ name, slug, url }) => ({ name, id: slug, ...(url ? { description: url } : {}) })),
      onSite,
    ),
    sites: settings.sites,
    slugs: new Slugs(),
    url: settings.url,
  };
  const entries = issues.map((issue) => readUpptimeIssue(issue, home));
  const known = new Set([configFile, ...history.carried, ...carried]);
  noteBeside(
    given.filter((file) => !known.has(file) && !isPlaceholder(file)),
    root,
    remarks,
  );
  const components = home.components.all.map((component) => {
    const since = history.starts.get(component.id);
    return since === undefined ? component : { ...component, since };
  });
  const site = newSite({ ...settings, zone: "UTC", locale: "en" }, components, onSite);
  return importedFrom({ read: files.length, site, entries, assets: [], remarks });
}
