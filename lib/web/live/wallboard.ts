import type { Site } from "#lib/model/site.ts";
import { boardPage, emptyBoard } from "#lib/site/views/wallboard.ts";
import type { Told } from "../reader.ts";
import type { GeneratedResponse } from "../serve/target.ts";
import { askedComponents } from "./asked.ts";

/** Of an address that names components, none of which is known. */
const NONE = "-";

interface Source {
  readonly site: Site;
  /** How far the Site goes; absent where nothing is pushed. */
  readonly told?: Told | undefined;
}

/** `/wallboard`; `query` is what `wallboardQuery` left of it. */
export function wallboard({ site, told }: Source, query: URLSearchParams): GeneratedResponse {
  const type = "text/html; charset=utf-8";
  const components = query.get("components");
  if (components === NONE) return { type, body: emptyBoard(site) };
  const asked = components === null ? [] : components.split(",");
  return { type, body: boardPage(site, { asked, missing: Number(query.get("missing") ?? 0), told }) };
}

/** The components that a board asks for and that there are, in one form, and how many there are not. */
export function wallboardQuery(site: Site, query: URLSearchParams): string {
  const list = query.get("components");
  const known = askedComponents(site, list);
  if (known === "none") return `?components=${NONE}`;
  if (known.length === 0) return "";
  const named = new Set(list?.split(",").map((id) => id.trim()));
  const missing = named.size - known.length;
  return `?components=${known.join(",")}${missing > 0 ? `&missing=${missing}` : ""}`;
}
