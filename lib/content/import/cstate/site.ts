import type { Note } from "../imported.ts";
import { shortened } from "../shortened.ts";
import type { NewComponent, NewSite } from "../site-file.ts";
import type { Settings } from "./settings.ts";

/** The new site's description of itself; what the old one does not say is filled in and remarked. */
export function newSite(
  settings: Pick<Settings, "title" | "url" | "description" | "zone" | "locale">,
  components: readonly NewComponent[],
  note: Note,
): NewSite {
  if (settings.title === undefined) note("no title", "“Status” was written; name the site in site.yaml");
  if (settings.url === undefined)
    note("no web address", "https://status.example.com was written; put the site's own into “url” of site.yaml");
  return {
    name: shortened(settings.title ?? "Status", 100, note),
    url: settings.url ?? "https://status.example.com",
    ...(settings.description === undefined ? {} : { description: shortened(settings.description, 500, note) }),
    timezone: settings.zone,
    locale: settings.locale,
    components,
  };
}
