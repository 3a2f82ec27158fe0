import type { SiteConfig } from "#lib/model/config.ts";
import { messagesIn } from "./messages.ts";

/** What the site is called where its name alone would be that of the company: “Acme status”; “Acme Status” stays as it is. */
export function siteTitle({ name, locale }: Pick<SiteConfig, "name" | "locale">): string {
  return /status/i.test(name) ? name : messagesIn(locale).site.title({ name });
}

/** What the site says of itself, or what every such site is. */
export function siteDescription({ name, description, locale }: Pick<SiteConfig, "name" | "description" | "locale">) {
  return description || messagesIn(locale).site.description({ name });
}
