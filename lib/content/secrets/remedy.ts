import type { Secret } from "./find.ts";

/** How to mend a text with a secret of this kind. */
export function remedyFor({ kind, fingerprint }: Pick<Secret, "kind" | "fingerprint">): string {
  return `${mend(kind)} If it may stand here, allow it in site.yaml: guard: { allow: [{ match: ${fingerprint}, reason: … }] }.`;
}

function mend(kind: string): string {
  switch (kind) {
    case "internal-host":
    case "private-address":
      return "Say what it is for, such as “a database server”, instead of its name or address.";
    case "denied-name":
      return "Say it without the name.";
    case "another-subscriber":
      return "Leave it out: only its owner may see it.";
    default:
      return "Take it out, and have it revoked: whoever can read this file has it already.";
  }
}
