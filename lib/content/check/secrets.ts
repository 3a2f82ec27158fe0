import type { GuardSettings } from "#lib/model/guard.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Place, Problem } from "#lib/model/problem.ts";
import type { ParsedEntry } from "../parse/entry.ts";
import type { ParsedSite } from "../parse/site.ts";
import { allowanceFor } from "../secrets/allow.ts";
import { findSecrets, type Secret } from "../secrets/find.ts";
import { remedyFor } from "../secrets/remedy.ts";
import { cutSecrets } from "../secrets/seams.ts";
import { textsOf } from "./mentions.ts";
import type { Finding, PlacedSecret } from "./rule.ts";

const UNGUARDED: GuardSettings = { deny: [], allow: [] };

function placed({ kind, fingerprint, what }: Secret, place: Place, how: string): PlacedSecret {
  return { kind, fingerprint, place, message: `${what} ${how} (${fingerprint}).` };
}

/** Secrets in what is written in a file, in its name, and those cut in two between two of its texts. */
export function secretsOf(entry: Entry, parsed: ParsedEntry, guard: GuardSettings = UNGUARDED): PlacedSecret[] {
  const top = { file: entry.file, line: 1, column: 1 };
  const inName = findSecrets(entry.file, guard).map((found) => placed(found, top, "stands in the name of the file"));
  const written = findSecrets(parsed.source, guard).map((found) =>
    placed(found, parsed.placeAt(found.offset), `stands here as ${found.kind}`),
  );
  const told = new Set(written.map(({ place }) => `${place.line}:${place.column}`));
  const texts = textsOf(entry);
  const cut = Array.from(
    cutSecrets(
      texts.map(([, text]) => text),
      guard,
    ),
    (found) => {
      const place = parsed.placesInText(texts[found.text]?.[0] ?? "body")(found.offset);
      return placed(found, place, "begins here and goes on in another text");
    },
  );
  return [...inName, ...written, ...cut.filter(({ place }) => !told.has(`${place.line}:${place.column}`))];
}

/** Where the names that nobody may read are written down. */
const DENY_LIST = /^guard:.*(?:\r?\n(?:[ \t#-].*)?)*/m;

/** Secrets in `site.yaml` itself, less its own deny list. */
export function secretsOfSite({ value, source, placeAt }: ParsedSite): PlacedSecret[] {
  const own = DENY_LIST.exec(source);
  const isOwn = (offset: number) => own !== null && offset >= own.index && offset < own.index + own[0].length;
  return findSecrets(source, value?.guard ?? UNGUARDED)
    .filter(({ kind, offset }) => kind !== "denied-name" || !isOwn(offset))
    .map((found) => placed(found, placeAt(found.offset), `stands here as ${found.kind}`));
}

/** What an author is told of secrets that site.yaml does not allow. */
export function secretFindings(secrets: readonly PlacedSecret[], { allow }: GuardSettings = UNGUARDED): Finding[] {
  return secrets
    .filter((secret) => allowanceFor(secret, secret.place.file, allow) === -1)
    .map((secret) => ({ place: secret.place, message: secret.message, remedy: remedyFor(secret) }));
}

/** The same as problems, for what no rule looks at. */
export function secretProblems(secrets: readonly PlacedSecret[], guard?: GuardSettings): Problem[] {
  return secretFindings(secrets, guard).map((finding) => ({ rule: "secret", severity: "error", ...finding }));
}
