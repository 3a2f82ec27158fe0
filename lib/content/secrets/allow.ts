import type { Allowance } from "#lib/model/guard.ts";
import type { Secret } from "./find.ts";

/** The index of the allow entry under which a secret may stand in a file; -1 when there is none. */
export function allowanceFor(
  { kind, fingerprint }: Pick<Secret, "kind" | "fingerprint">,
  file: string,
  allow: readonly Allowance[],
): number {
  return allow.findIndex(
    (each) =>
      (each.match === kind || each.match === fingerprint) && (each.file === undefined || covers(each.file, file)),
  );
}

function covers(written: string, file: string): boolean {
  return written.endsWith("/") ? file.startsWith(written) : file === written;
}
