import type { GuardSettings } from "#lib/model/guard.ts";
import { ADDRESSES, ASSIGNMENTS, ASSIGNMENTS_HOLD, fromBase64 } from "./assignments.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { deniedNames, foreignWords } from "./names.ts";
import { NETWORK, NETWORK_HOLDS } from "./network.ts";
import { type Hit, matches } from "./pattern.ts";
import { secretlintHits } from "./secretlint.ts";
import { KEYS_BEGIN, PRIVATE_KEYS, TOKENS, TOKENS_BEGIN } from "./tokens.ts";
import { joined, plainView, undisguised, type View } from "./view.ts";

/** Something in a text that must not be published. */
export interface Secret {
  /** Its kind, by which an allow entry names it: `private-key`. */
  readonly kind: string;
  /** What it is, in words, without showing it. */
  readonly what: string;
  /** Where it begins in the text, and how far it goes as it is written there. */
  readonly offset: number;
  readonly length: number;
  /** A short hash, by which it can be allowed without being written down a second time. */
  readonly fingerprint: string;
}

export interface GuardedBy extends Pick<GuardSettings, "deny"> {
  /** Whether a word, an e-mail address or a token, is that of a subscriber who is not meant. */
  readonly isAnothers?: (word: string) => boolean;
}

/** Everything in a text that must not be published, in order; what is the same place is named once. */
export function findSecrets(text: string, guard: GuardedBy): Secret[] {
  const denied = deniedNames(guard.deny);
  const plain = plainView(text);
  const bare = undisguised(plain);
  const inOne = joined(bare);
  const found: Found[] = [];
  const views = bare === plain ? [plain] : [plain, bare];
  for (const view of views) {
    found.push(...located(denied(view.text), view));
    if (guard.isAnothers) found.push(...located(foreignWords(view.text, guard.isAnothers), view));
    found.push(...located(hitsIn(view.text, SEARCHES), view));
  }
  if (inOne !== bare) {
    found.push(...located(denied(inOne.text), inOne));
    found.push(...located(hitsIn(inOne.text, SEARCHES_ACROSS_LINES), inOne));
  }
  return withoutRepeats(found).map(({ kind, what, offset, end, secret }) => ({
    kind,
    what,
    offset,
    length: end - offset,
    fingerprint: fingerprintOf(kind, secret),
  }));
}

interface Search {
  /** What a text must have for the search to be worth its time: few have any of it. */
  readonly worth: RegExp;
  readonly search: (text: string) => Iterable<Hit>;
}

/** Most telling first: where two find the same, the first names it. */
const SEARCHES: readonly Search[] = [
  { worth: KEYS_BEGIN, search: (text) => matches(PRIVATE_KEYS, text) },
  { worth: TOKENS_BEGIN, search: (text) => matches(TOKENS, text) },
  { worth: ASSIGNMENTS_HOLD, search: (text) => matches(ASSIGNMENTS, text) },
  {
    worth: /(?<![\w+=])(?=[A-Za-z_+=]{0,200}\d)[\w+=]{16}|:\/\/[^\s/]*@|pass|secret|token|credential/i,
    search: secretlintHits,
  },
  { worth: NETWORK_HOLDS, search: (text) => matches(NETWORK, text) },
  { worth: /(?<![A-Za-z0-9+/_-])(?=[a-z0-9+/_-]{0,60}[A-Z])[A-Za-z0-9+/_-]{24}/, search: encodedHits },
];

/** In a text whose lines were joined, only what cannot come about by joining two words. */
const SEARCHES_ACROSS_LINES: readonly Search[] = [
  { worth: KEYS_BEGIN, search: (text) => matches(PRIVATE_KEYS, text, true) },
  { worth: TOKENS_BEGIN, search: (text) => matches(TOKENS, text, true) },
  { worth: /:\/\/[^\s/]*@/, search: (text) => matches(ADDRESSES, text) },
  { worth: /(?<![A-Za-z0-9+/_-])(?=[a-z0-9+/_-]{0,60}[A-Z])[A-Za-z0-9+/_-]{24}/, search: encodedHits },
];

function* hitsIn(text: string, searches: readonly Search[]): Generator<Hit> {
  for (const { worth, search } of searches) if (worth.test(text)) yield* search(text);
}

/** A long stretch with capitals in it: paths and slugs have none. */
const BASE64 = /(?<![A-Za-z0-9+/_-])(?=[a-z0-9+/_-]{0,60}[A-Z])[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** Secrets that stand in base64: the whole stretch is one. */
function* encodedHits(text: string): Generator<Hit> {
  for (const { 0: written, index } of text.matchAll(BASE64)) {
    const decoded = fromBase64(written);
    if (!/^[\t\r\n\x20-\x7e]{16,}$/.test(decoded)) continue;
    const [hit] = [
      ...matches(PRIVATE_KEYS, decoded),
      ...matches(TOKENS, decoded),
      ...matches(ASSIGNMENTS, decoded),
      ...secretlintHits(decoded),
    ];
    if (hit) yield { ...hit, start: index, secret: written };
  }
}

interface Found extends Omit<Hit, "start"> {
  readonly offset: number;
  readonly end: number;
}

function located(hits: Iterable<Hit>, view: View): Found[] {
  return Array.from(hits, ({ start, ...hit }) => ({
    ...hit,
    offset: view.offsetOf(start),
    end: view.offsetOf(start + hit.secret.length - 1) + 1,
  }));
}

function withoutRepeats(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  for (const each of found) {
    if (!kept.some(({ offset, end }) => each.offset < end && offset < each.end)) kept.push(each);
  }
  return kept.sort((a, b) => a.offset - b.offset);
}
