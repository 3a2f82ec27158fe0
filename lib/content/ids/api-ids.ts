import { createHash } from "node:crypto";
import type { SiteConfig } from "#lib/model/config.ts";

/** A component's id in every answer: the one it had before it was moved in, or under the first id it had here. */
export function componentId(config: Pick<SiteConfig, "formerIds" | "components">, id: string): string {
  return idElsewhere(config, id) ?? apiId("component", id);
}

/** The id under which programs know a component, where it is another than its id gives. */
export function idElsewhere(
  { components, formerIds }: Pick<SiteConfig, "formerIds" | "components">,
  id: string,
): string | undefined {
  const [first] = components.find((component) => component.id === id)?.former ?? [];
  const brought = formerIds?.components?.[id] ?? (first === undefined ? undefined : formerIds?.components?.[first]);
  return brought ?? (first === undefined ? undefined : apiId("component", first));
}

/** The same of a group, which has nothing but its name. */
export function groupId({ formerIds }: Pick<SiteConfig, "formerIds">, name: string): string {
  return formerIds?.groups?.[name] ?? apiId("group", name);
}

/** The same of the page itself. */
export function pageId(config: Pick<SiteConfig, "formerIds" | "url">): string {
  return config.formerIds?.page ?? apiId("page", idHost(config));
}

/** The host that ids end in, without a port (RFC 4151 has none): the one under which they were first given. */
export function idHost({ formerIds, url }: Pick<SiteConfig, "formerIds" | "url">): string {
  return formerIds?.host ?? new URL(url).hostname;
}

/**
 * Twelve characters of `[a-z0-9]` that stay the same for the same thing. A component that is already named so, as one
 * brought from another page is, keeps its name; the name of anything else is a word that happens to be as long.
 * @param kind what it is, so that a component and a group of one name differ
 */
export function apiId(kind: "page" | "component" | "group" | "update", name: string): string {
  if (kind === "component" && /^[a-z0-9]{12}$/.test(name)) return name;
  const bits = createHash("sha256").update(`${kind} ${name}`).digest().readBigUInt64BE();
  return bits.toString(36).padStart(12, "0").slice(-12);
}
