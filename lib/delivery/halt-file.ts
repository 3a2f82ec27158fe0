import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Halt } from "#lib/model/delivery.ts";

/** A file named HALT in the data folder stops everything, for whoever can reach nothing else. */
export function haltFile(data: string): readonly Halt[] {
  const file = join(data, "HALT");
  if (!existsSync(file)) return [];
  return [{ scope: "all", why: whyIn(file), at: 0, by: "the file HALT" }];
}

/** That it cannot be read is no reason to go on. */
function whyIn(file: string): string {
  const unsaid = "There is a file HALT in the data folder.";
  try {
    return readFileSync(file, "utf8").trim().slice(0, 500) || unsaid;
  } catch {
    return unsaid;
  }
}
