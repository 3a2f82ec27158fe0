import type { Vault } from "#lib/access/vault.ts";
import type { Channel } from "#lib/delivery/channels/channel.ts";
import { proofParts, sha256 } from "#lib/delivery/seal-check.ts";
import { planOf } from "#lib/delivery/timing.ts";
import { waveOf } from "#lib/delivery/waves.ts";
import { concerns } from "#lib/model/concerns.ts";
import type { NoticeConfig } from "#lib/model/config.ts";
import type { Rendering } from "#lib/model/delivery.ts";
import type { Notice } from "#lib/model/notice.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Site } from "#lib/model/site.ts";
import { overtake } from "#lib/store/bundles.ts";
import type { Database, Transaction } from "#lib/store/dialect.ts";
import { appendFacts } from "#lib/store/ledger.ts";
import { keepMailDomain, mailDomain } from "#lib/store/mail-domain.ts";
import { addNotice, keepKnown, type Origin, readKnown } from "#lib/store/notices.ts";
import { isRestored } from "#lib/store/restored.ts";
import { type Sealed, sealDeliveries } from "#lib/store/seals.ts";
import { type AfterRestore, announceRestored, type Decision } from "./after-restore.ts";
import { gather } from "./gather.ts";
import { type ScanSettings, scanMessages, Unsafe } from "./message-scan.ts";
import { announce } from "./notices/announce.ts";
import type { KnownEvent } from "./notices/known.ts";
import type { NotTold, Unclear } from "./notices/not-told.ts";
import { textsOf } from "./texts.ts";

/** What telling needs besides the store. */
export interface Teller {
  readonly vault: Vault;
  readonly channels: readonly Channel[];
  readonly settings: NoticeConfig;
  /** What must not be sent. */
  readonly watch: ScanSettings;
}

/** Everything that is to be told of a Site, worked out and rendered, and nothing of it done yet. */
export interface Telling {
  readonly notices: readonly Notice[];
  readonly renderings: ReadonlyMap<Notice, readonly Rendering[]>;
  /** What in the messages must not be sent: with any of it nothing is sealed. */
  readonly problems: readonly Problem[];
  /** What will be known, of what has changed; and the version of what was known when this was worked out. */
  readonly known: readonly KnownEvent[];
  readonly version: number;
  /** The moment it was worked out for, in milliseconds since the epoch. */
  readonly at: number;
  /** After a restoration: what a person has to decide on, decided or not. */
  readonly asked: readonly Notice[];
  /** Nobody has decided: nothing of it may be sealed. */
  readonly isUndecided: boolean;
  /** What changes and is told nobody, and what is not certain. */
  readonly notTold: readonly NotTold[];
  readonly unclear: readonly Unclear[];
  /** Why there is no notice at all, where there is none. */
  readonly silence?: Silence;
}

/** `quiet`: it was asked for. `declined`: after a restoration it was decided so. `first`: nothing was shown before. `old`: it is too long ago. `known`: it was told. */
export type Silence = "quiet" | "declined" | "first" | "old" | "known";

/**
 * Works out what a Site has to tell that was not told before. Where nothing is known yet, `before` is what readers
 * see already: it is taken note of in silence.
 */
export async function workOut(
  database: Database,
  teller: Teller,
  site: Site,
  { isQuiet, before, decision }: { readonly isQuiet: boolean; readonly before?: Site; readonly decision?: Decision },
): Promise<Telling> {
  const { channels, settings } = teller;
  const kept = await readKnown<KnownEvent>(database.query);
  // What an older copy of the database takes for new may have been told before it was brought back.
  const isBack = await isRestored(database.query);
  const first = kept ? [] : announce(before ?? site, [], { ...settings, isQuiet: true }).known;
  const events = kept?.events ?? first;
  const shown = before ? { before } : {};
  const announced: AfterRestore =
    isBack && !isQuiet
      ? announceRestored(site, events, { ...settings, ...shown }, decision)
      : { ...announce(site, events, { ...settings, ...shown, isQuiet }), asked: [], isUndecided: false };
  const { asked, isUndecided, known, notTold, unclear } = announced;
  const notices = withMailDomain(announced.notices, await mailDomain(database));
  const ifRecent = { ...settings, announceWithinMs: Number.POSITIVE_INFINITY, isQuiet: false };
  const whyNone = (): Silence => {
    if (isQuiet) return "quiet";
    if (announced.asked.length > 0) return "declined";
    if (!(kept || before)) return "first";
    return announce(site, events, ifRecent).notices.length > 0 ? "old" : "known";
  };
  const changed = new Set(known.map(({ id }) => id));
  const renderings = new Map(notices.map((notice) => [notice, channels.map((channel) => channel.render(notice))]));
  return {
    notices,
    notTold,
    unclear,
    renderings,
    problems: await scanMessages(database, teller.vault, teller.watch, renderings),
    known: [...first.filter(({ id }) => !changed.has(id)), ...known],
    version: kept?.version ?? 0,
    at: site.now,
    asked,
    isUndecided,
    ...(notices.length > 0 || isUndecided ? {} : { silence: whyNone() }),
  };
}

/** A notice that was sealed, and for whom. */
export interface Told {
  readonly notice: Notice;
  readonly sealed: readonly Sealed[];
}

/**
 * Seals what was worked out, inside the transaction that publishes: either readers see it and it will be told, or
 * neither.
 * @returns undefined when somebody else has told something meanwhile: work it out again
 * @throws {Unsafe} when a message holds something that must not be sent
 */
export async function seal(
  database: Database,
  transaction: Transaction,
  teller: Teller,
  telling: Telling,
  origin: Origin,
): Promise<readonly Told[] | undefined> {
  if (telling.problems.length > 0) throw new Unsafe(telling.problems);
  const known = await keepKnown(database, transaction, telling.version, telling.known, telling.at);
  if (!known) return undefined;
  const told: Told[] = [];
  const facts = [...known];
  for (const notice of telling.notices) {
    await keepMailDomain(transaction, domainOf(notice));
    const added = await addNotice(transaction, notice, origin);
    if (!added) continue;
    facts.push(...added);
    told.push({
      notice,
      sealed: await sealNotice(database, transaction, teller, notice, telling.renderings.get(notice) ?? []),
    });
  }
  // At the end: whoever writes into the ledger holds up all others.
  await appendFacts(database, transaction, facts);
  return told;
}

/** Notices whose mails go on with the threads that earlier ones began, also where the site's address is another one now. */
function withMailDomain(notices: readonly Notice[], domain: string | undefined): readonly Notice[] {
  if (domain === undefined) return notices;
  return notices.map((notice) =>
    domainOf(notice) === domain ? notice : { ...notice, site: { ...notice.site, mailDomain: domain } },
  );
}

function domainOf({ site }: Notice): string {
  return site.mailDomain ?? new URL(site.url).hostname;
}

/** Fixes for each channel what is said and who gets it. */
export async function sealNotice(
  database: Database,
  transaction: Transaction,
  { channels, vault, settings }: Teller,
  notice: Notice,
  renderings: readonly Rendering[],
): Promise<readonly Sealed[]> {
  const all: Sealed[] = [];
  const hasComeApart = await overtake(database, transaction, notice, notice.madeAt);
  if (hasComeApart) await gather(database, transaction, { channels, vault }, notice.madeAt);
  for (const { channel, body } of renderings) {
    const renderingHash = sha256(body);
    const proofOf = (subscription: string, subscriber: string, textHash: string) =>
      vault.proof(...proofParts({ notice: notice.id, channel, subscription, subscriber }, textHash));
    const sealed = await sealDeliveries(database, transaction, {
      notice,
      channel,
      rendering: body,
      renderingHash,
      now: notice.madeAt,
      isConcerned: notice.kind === "correction" ? () => true : concerns,
      proofOf,
      waveOf,
      planOf: (interest, lastAt) => planOf(notice, interest, lastAt, notice.madeAt),
      textFor: textsOf(channels, channel, notice),
      needsApproval: (recipients) => recipients > settings.approveAbove,
      ...(notice.corrects ? { onlyReachedBy: notice.corrects.id } : {}),
    });
    all.push(sealed);
  }
  return all;
}
