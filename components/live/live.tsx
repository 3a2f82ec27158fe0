import { createElement } from "react";

export interface LiveProps {
  /** Ids of the components whose news changes the page; of all, when empty. */
  readonly components: readonly string[];
  /** How far the page goes: the last pushed event, and whether there may be newer ones. */
  readonly told: { readonly last: number; readonly isLate: boolean };
}

/** Keeps a page true while it stays open, and says so when it cannot. Without its script it is nothing. */
export function Live({ components, told }: LiveProps) {
  const asked = { "data-components": components.join(","), "data-after": told.last };
  const late = told.isLate ? { "data-late": "" } : {};
  return createElement("candor-live", { ...asked, ...late }, <p role="status" />);
}
