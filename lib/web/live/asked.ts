import type { IncomingMessage } from "node:http";
import { knownComponents } from "#lib/model/component-ids.ts";
import type { Site } from "#lib/model/site.ts";

/** What a connection asks for. */
export interface Asked {
  /** Ids of components; empty for all. */
  readonly components: readonly string[];
  /** The name of the wallboard that asks. */
  readonly board?: string;
  /** The last event that it had. */
  readonly after?: number;
}

/** How a wallboard may be called. */
const BOARD = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Reads what a request for `/live` asks for; an error where it asks for nothing that there is. */
export function askedOf({ url = "/", headers }: IncomingMessage, site: Site): Asked | { readonly error: string } {
  const query = new URL(url, "http://localhost").searchParams;
  const components = askedComponents(site, query.get("components"));
  if (components === "none") return { error: "None of these components is one of this site." };
  const board = query.get("board");
  if (board !== null && !BOARD.test(board)) {
    return { error: "A board is called by at most 40 small letters, digits and hyphens." };
  }
  const after = numberIn(headers["last-event-id"]) ?? numberIn(query.get("after"));
  return { components, ...(board === null ? {} : { board }), ...(after === undefined ? {} : { after }) };
}

/**
 * The components of a site that are named in a list with commas, in the site's order; empty for all, when nothing is
 * named. A list of which none is known is never taken for all.
 */
export function askedComponents(site: Site, list: string | null): readonly string[] | "none" {
  if (list === null || list.trim() === "") return [];
  const ids = list.split(",").map((id) => id.trim());
  const known = knownComponents(site.config, ids);
  return known.length === 0 ? "none" : known;
}

function numberIn(text: string | string[] | null | undefined): number | undefined {
  const number = typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isNaN(number) ? undefined : number;
}
