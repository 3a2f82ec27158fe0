import type { Vault } from "#lib/access/vault.ts";
import { allowanceFor } from "#lib/content/secrets/allow.ts";
import { findSecrets, type Secret } from "#lib/content/secrets/find.ts";
import { masked } from "#lib/content/secrets/mask.ts";
import { remedyFor } from "#lib/content/secrets/remedy.ts";
import { plainView, undisguised } from "#lib/content/secrets/view.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { Rendering } from "#lib/model/delivery.ts";
import type { GuardSettings } from "#lib/model/guard.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Place, Problem } from "#lib/model/problem.ts";
import type { Database } from "#lib/store/dialect.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { confirmedAmong } from "#lib/store/subscriptions.ts";

/** The file that a notice comes from: its path in the content folder, and its text where that can be read. */
export interface Source {
  readonly file: string;
  readonly text?: string;
}

/** What looking through a message needs to know. */
export interface ScanSettings {
  readonly guard: GuardSettings;
  readonly sourceOf: (notice: Notice) => Source;
}

export type Drawn = ReadonlyMap<Notice, readonly Rendering[]>;

/**
 * Looks through every message before anything of it is sealed: what must not be published must not be sent either, and
 * neither may one subscriber read another's address or token. A text that stands in several messages is named once.
 * @returns what stands in the way
 */
export async function scanMessages(
  database: Database,
  vault: Vault,
  watch: ScanSettings,
  drawn: Drawn,
): Promise<readonly Problem[]> {
  const pieces = [...drawn].flatMap(([notice, renderings]) => piecesOf(notice, renderings));
  const others = await subscribersIn(
    database,
    vault,
    pieces.map(({ text }) => text),
  );
  const found = pieces.flatMap(({ notice, channel, text }) => {
    const own = ownWords(notice);
    const source = watch.sourceOf(notice);
    const isAnothers = (word: string) => others.has(word) && !own.has(word.toLowerCase());
    const guard = { deny: watch.guard.deny, isAnothers };
    return findSecrets(text, guard).flatMap((secret) => {
      const written = text.slice(secret.offset, secret.offset + secret.length);
      if (own.has(written.toLowerCase()) || allowanceFor(secret, source.file, watch.guard.allow) >= 0) return [];
      return [{ channel, secret, place: placeOf(written, source), shown: lineAround(text, secret, guard) }];
    });
  });
  // Channels write the same thing in different forms.
  const once = Map.groupBy(found, ({ place, secret }) => `${place.file}:${place.line} ${secret.kind}`);
  return [...once.values()].map((same) => problemOf(same as [Leak, ...Leak[]]));
}

interface Piece {
  readonly notice: Notice;
  readonly channel: Rendering["channel"];
  readonly text: string;
}

interface Leak extends Pick<Piece, "channel"> {
  readonly secret: Secret;
  readonly place: Place;
  readonly shown: string;
}

/** Every text in a notice's messages; what all of them say alike is looked at once. */
function piecesOf(notice: Notice, renderings: readonly Rendering[]): Piece[] {
  const seen = new Set<string>();
  return renderings.flatMap(({ channel, body }) =>
    textsIn(JSON.parse(body))
      .filter((text) => !seen.has(text) && seen.add(text))
      .map((text) => ({ notice, channel, text })),
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

/** The words in texts that are a confirmed subscriber's address, or a token that we have made. */
async function subscribersIn(database: Database, vault: Vault, texts: readonly string[]): Promise<ReadonlySet<string>> {
  const words = new Set<string>();
  const collect = (word: string) => words.add(word) && false;
  for (const text of texts) findSecrets(text, { deny: [], isAnothers: collect });
  const pseudonyms = new Map([...words].map((word) => [word, pseudonymsOf(vault, word)]));
  const known = await confirmedAmong(database, "email", [...pseudonyms.values()].flat());
  const isKnown = (word: string) => pseudonyms.get(word)?.some((each) => known.has(each)) === true;
  return new Set([...words].filter((word) => isKnown(word) || vault.tokenHolder(word) !== undefined));
}

/** A word may have marks around the address: `*name@example.com*`, `/name@example.com`. */
function pseudonymsOf(vault: Vault, word: string): string[] {
  if (!word.includes("@")) return [];
  const at = word.lastIndexOf("@");
  const starts = [...word.slice(0, at).matchAll(/(?<=[^a-z\d])[a-z\d]/gi)].map(({ index }) => index);
  return [0, ...starts].flatMap((start) => {
    const read = channels.email.readAddress(word.slice(start), { allowPrivateTargets: true });
    return "value" in read ? [vault.pseudonym("email", read.value)] : [];
  });
}

/** What a site says of itself in every message. */
function ownWords({ site }: Notice): ReadonlySet<string> {
  const hosts = [site.url, site.support.url ?? ""].flatMap((url) => {
    const { host = "", hostname = "" } = URL.parse(url) ?? {};
    return [host, hostname];
  });
  return new Set([...hosts, site.support.email ?? ""].filter(Boolean).map((word) => word.toLowerCase()));
}

const MOST_SHOWN = 120;

/** The line in which a secret stands, with everything secret in it blacked out. */
function lineAround(text: string, { offset, length }: Secret, guard: Parameters<typeof masked>[1]): string {
  const start = text.lastIndexOf("\n", offset) + 1;
  const end = text.indexOf("\n", offset + length);
  const line = masked(text.slice(start, end < 0 ? undefined : end), guard).trim();
  return line.length > MOST_SHOWN ? `${line.slice(0, MOST_SHOWN)}…` : line;
}

function problemOf(same: readonly [Leak, ...Leak[]]): Problem {
  const [{ place, secret, shown }] = same;
  const channels = [...new Set(same.map(({ channel }) => channel))];
  const more = channels.length > 1 ? ` and ${channels.length - 1} other channels` : "";
  return {
    rule: "secret",
    severity: "error",
    place,
    message: `${secret.what} would be sent to subscribers, by ${channels[0]}${more}: “${shown}”.`,
    remedy: `${remedyFor(secret)} Or tell nobody: publish with --quiet.`,
  };
}

/** Where somebody has written it, as far as that can be found; otherwise the file. Channels escape what they send. */
function placeOf(sent: string, { file, text = "" }: Source): Place {
  const written = text.includes(sent) ? sent : undisguised(plainView(sent)).text;
  const before = text.slice(0, Math.max(text.indexOf(written), 0)).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** What is to be told holds something that nobody may read: nothing of it is sealed. */
export class Unsafe extends Error {
  override readonly name = "Unsafe";
  readonly code = "UNSAFE";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ message, remedy }) => `${message} ${remedy}`).join("\n"));
    this.problems = problems;
  }
}

/** Puts into the ledger that something was not told because it held what nobody may read, and where that stands. */
export async function noteRefusal(
  database: Database,
  problems: readonly Problem[],
  { by, at }: { readonly by: string; readonly at: number },
): Promise<void> {
  const data = { by, places: problems.map(({ place }) => `${place.file}:${place.line}`) };
  await database.transaction((transaction) => appendFacts(database, transaction, [{ at, kind: "guarded", data }]));
}
