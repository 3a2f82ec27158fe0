import { parseEntry } from "#lib/content/parse/entry.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ComponentHistory, Content, Incident, Maintenance, Site } from "#lib/model/site.ts";
import { compile } from "#lib/site/compile/compile.ts";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

export const CONFIG: SiteConfig = {
  name: "Example Cloud",
  url: "https://status.example.com",
  description: "",
  timezone: "UTC",
  locale: "en",
  support: {},
  components: [
    { id: "api", name: "API" },
    { id: "web", name: "Web app", group: "Front" },
    { id: "mail", name: "E-mail", group: "Back" },
    { id: "app", name: "Phone app", group: "Front" },
  ],
  reports: { preliminaryWithinMs: 72 * HOUR, finalWithinMs: 14 * 24 * HOUR },
};

/** Content made of front matter, with or without a report behind it. @throws where a file has a problem */
export function contentOf(files: Readonly<Record<string, string>>, config: Partial<SiteConfig> = {}): Content {
  const whole = { ...CONFIG, ...config };
  const entries = Object.entries(files).map(([slug, text]) => {
    const [front = "", body = ""] = text.split("\n===\n");
    const source = `---\ntitle: ${slug}\n${front}\n---\n${body}`;
    const { entry, problems } = parseEntry(`${slug}.md`, new TextEncoder().encode(source), whole.timezone);
    if (!entry) throw new Error(problems.map(({ message }) => message).join(" "));
    return entry;
  });
  return { config: whole, entries, images: [] };
}

export function siteOf(files: Readonly<Record<string, string>>, now: string, config: Partial<SiteConfig> = {}): Site {
  return compile(contentOf(files, config), Date.parse(now));
}

/** The only incident, made of one file's front matter. */
export function incidentOf(front: string, now: string, config: Partial<SiteConfig> = {}): Incident {
  const [incident] = siteOf({ it: front }, now, config).incidents;
  if (!incident) throw new Error("There is no incident.");
  return incident;
}

export function maintenanceOf(front: string, now: string): Maintenance {
  const [maintenance] = siteOf({ it: front }, now).maintenances;
  if (!maintenance) throw new Error("There is no maintenance.");
  return maintenance;
}

export function componentOf(site: Site, id: string): ComponentHistory {
  const found = site.groups.flatMap(({ components }) => components).find((component) => component.id === id);
  if (!found) throw new Error(`There is no component ${id}.`);
  return found;
}

/** What is known of a component on one date. */
export function dayOf(site: Site, id: string, on: string) {
  return componentOf(site, id).days.find((day) => day?.period === on);
}

/** Updates as one line each: a time of one date, a status, and effects where they change. */
export function updates(...lines: string[]): string {
  const items = lines.map((line) => {
    const [, at, status, effects] = /^(\S+) (\S+)(?: (.*))?$/.exec(line) ?? [];
    return `  - { at: ${at}, status: ${status}, body: Words.${effects ? `, components: ${effects}` : ""} }`;
  });
  return `updates:\n${items.join("\n")}`;
}
