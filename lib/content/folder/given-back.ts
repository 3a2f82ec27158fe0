import { masked } from "../secrets/mask.ts";
import type { ContentFolder } from "./content-folder.ts";

/** A text that was not written, to be shown to whoever wrote it; a secret in it is not shown a second time. */
export function givenBack(text: string, { config }: ContentFolder): string {
  return masked(text.trim(), config.guard);
}
