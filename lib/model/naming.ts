import type { SiteConfig } from "./config.ts";

/** What the site is called where its name alone would be that of the company: “Acme status”; “Acme Status” stays as it is. */
export function siteTitle(name: string): string {
  return /status/i.test(name) ? name : `${name} status`;
}

/** What the site says of itself, or what every such site is. */
export function siteDescription({ name, description }: Pick<SiteConfig, "name" | "description">): string {
  return description || `Status, incidents and incident reports of ${name}`;
}
