import { createElement } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";

export interface LiveProps {
  readonly site: Site;
  /** Ids of the components whose news changes the page; of all, when empty. */
  readonly components: readonly string[];
  /** How far the page goes: the last pushed event, and whether there may be newer ones. */
  readonly told: { readonly last: number; readonly isLate: boolean };
}

/** Keeps a page true while it stays open, and says so when it cannot. Without its script it is nothing. */
export function Live({ site, components, told }: LiveProps) {
  const asked = { "data-components": components.join(","), "data-after": told.last };
  const { held, busy, lost } = messagesIn(site.config.locale).script;
  const time = "{time}";
  const words = { "data-held": held({ time }), "data-busy": busy({ time }), "data-lost": lost({ time }) };
  const late = told.isLate ? { "data-late": "" } : {};
  return createElement("candor-live", { ...asked, ...late, ...words }, <p role="status" />);
}
