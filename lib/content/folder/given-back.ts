import { masked } from "../secrets/mask.ts";
import type { Desk } from "./content-folder.ts";

/** A text that was not written, to be shown to whoever wrote it; a secret in it is not shown a second time. */
export function givenBack(text: string, { config }: Desk): string {
  return masked(text.trim(), config.guard);
}
