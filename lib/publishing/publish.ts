import { createHash } from "node:crypto";
import { account } from "#lib/access/account.ts";
import { refuseLostDatabase } from "#lib/access/lost-data.ts";
import { checkFolder } from "#lib/content/folder/folder.ts";
import { loadImages } from "#lib/content/folder/images.ts";
import { workTreeOf } from "#lib/content/folder/work-tree.ts";
import { actorText } from "#lib/model/actor.ts";
import { isFailure } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Content, Site } from "#lib/model/site.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { byTrustedTime } from "#lib/store/clock/trusted.ts";
import { openDatabase } from "#lib/store/database.ts";
import { clearRestored } from "#lib/store/restored.ts";
import { type ImageFile, openSnapshots, type Snapshot, type SnapshotStore } from "#lib/store/snapshots.ts";
import { type Decision, refuseUndecided } from "./after-restore.ts";
import { type Announcer, type NoticePreview, openAnnouncer, type Prepared, type UnclearPreview } from "./announcer.ts";
import { type ContentChanges, contentChanges } from "./changes/content-changes.ts";
import { type Sites, sitesOf } from "./compile-between.ts";
import { keepCorrections, withCorrections } from "./corrections.ts";
import { withFirstSeen } from "./first-seen.ts";
import { withIdHost } from "./id-host.ts";
import type { NotTold } from "./notices/not-told.ts";
import { unlessOvertaken } from "./overtaken.ts";
import { pagesTouched } from "./pages-touched.ts";
import { type Before, withPreliminary } from "./preliminary.ts";
import { beforeOf, type Published, publishedIn, slugsOf } from "./published.ts";
import { queuePings } from "./queue-pings.ts";
import { withRevisions } from "./revisions.ts";

/** What a try to publish came to. */
export interface Publication {
  /** What is published now; absent when that is nothing, and when errors or a No stood in the way. */
  readonly snapshot?: Snapshot;
  /** Whether readers see something else than before. */
  readonly isChange: boolean;
  readonly problems: readonly Problem[];
}

export interface PublishOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Publish the good files even when others have errors: for a first start, so that there is a page at all. */
  readonly despiteErrors?: boolean;
  /** What readers have seen elsewhere, for a store that has published nothing itself. */
  readonly past?: Before | undefined;
  /** Tell nobody of it. */
  readonly isQuiet?: boolean;
  /** Publish although it is not certain what is new, however many that concerns. */
  readonly acceptUnclear?: boolean;
  /** Who publishes; the holder of the token, or the account of the process, unless told otherwise. */
  readonly by?: string;
  /** The name of the token that whoever publishes has shown: what proves that a second person is another. */
  readonly token?: string;
  /** Asked when everything is ready: with false nothing is written. What was shown here is what is published. */
  readonly approve?: (preview: Preview) => Promise<boolean>;
  /** Somebody has looked: the machine's clock is right, whatever there is reason to believe. */
  readonly isClockRight?: boolean;
  /** Asked when there is reason to doubt the clock: with false, or where nobody is asked, nothing is written. */
  readonly confirmClock?: (doubt: string) => Promise<boolean>;
  /** After a restoration: the slugs of what is to be told of what happened after the backup; of none of the others. */
  readonly decision?: Decision;
  /** Asked for that where it is needed: with undefined, nothing is written. */
  readonly decide?: (asked: readonly NoticePreview[]) => Promise<Decision | undefined>;
  /** Told of the files checked so far, and of all, where there are many. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What publishing would change for readers. */
export interface Preview {
  readonly before?: Snapshot;
  /** How many entries would be published. */
  readonly entries: number;
  readonly changes: ContentChanges;
  /** What readers see now, and what they would see. */
  readonly sites: Sites;
  /** Paths of the pages that would change; every page when the site's settings do. */
  readonly pages: readonly string[] | "all";
  readonly problems: readonly Problem[];
  /** What subscribers would be told, and how many of them. */
  readonly notices: readonly NoticePreview[];
  /** After a restoration: what may have been told before it, decided on or not. */
  readonly asked: readonly NoticePreview[];
  readonly isUndecided: boolean;
  /** Why nobody would be told, as a sentence; absent when somebody would. */
  readonly silence?: string;
  /** What changes and is told nobody. */
  readonly notTold: readonly NotTold[];
  /** What is not certain. */
  readonly unclear: readonly UnclearPreview[];
  /** What in the messages to subscribers must not be sent, or is too uncertain; with any of it nothing is published. */
  readonly stops: readonly Problem[];
}

/** Publishes the content folder into the environment's database. */
export async function publish(environment: Environment, options: PublishOptions): Promise<Publication> {
  await using database = await openDatabase(databaseOf(environment));
  await refuseLostDatabase(database, environment);
  const announcer = await openAnnouncer(database, environment);
  return await byTrustedTime(database, environment, options, (trusted) =>
    publishInto(openSnapshots(database), environment.content, trusted, announcer),
  );
}

/**
 * Publishes the good files of the content folder if nothing was ever published, and tells nobody: a fresh server shows
 * what is there. One that has published keeps what readers saw, and undefined is returned.
 */
export async function publishFirst(environment: Environment, now: number): Promise<Publication | undefined> {
  await using database = await openDatabase(databaseOf(environment));
  const store = openSnapshots(database);
  if (await store.latest()) return undefined;
  await refuseLostDatabase(database, environment);
  const announcer = await openAnnouncer(database, environment);
  try {
    return await publishInto(store, environment.content, { now, despiteErrors: true, isQuiet: true }, announcer);
  } catch (error) {
    // Of several servers that start on one empty store, one is first.
    if (isFailure(error, "OVERTAKEN")) return undefined;
    throw error;
  }
}

/**
 * Checks a content folder and stores it as the published snapshot. With an error anywhere nothing is published and what
 * readers see stays as it was. Without an announcer, as for a copy of the site, nobody is told and nothing is noted.
 * @throws when somebody else published meanwhile
 */
export async function publishInto(
  store: SnapshotStore,
  folder: string,
  options: PublishOptions,
  announcer?: Announcer,
): Promise<Publication> {
  const before = await publishedIn(store);
  const { onProgress } = options;
  const checked = await checkFolder(folder, options.now, { published: slugsOf(before), onProgress });
  const { images, files, problems: imageProblems } = await loadImages(folder, checked.images);
  const problems = [...checked.problems, ...imageProblems];
  const isBroken = problems.some(({ severity }) => severity === "error");
  if (!checked.config || (isBroken && !options.despiteErrors)) return { isChange: false, problems };

  const entries = checked.entries.filter(({ draft }) => !draft);
  const { guard: _, alerts: __, ...config } = checked.config;
  const written: Content = { config, entries, images };
  const content = withPreliminary(written, before ? beforeOf(before) : options.past);
  const commit = await workTreeOf(folder);
  const next = { content, files, problems, ...(commit ? { commit } : {}) };
  return await publishNext(store, before, next, options, announcer);
}

/** What is to be published, and what is to be kept with it. */
export interface Next extends Pick<Snapshot, "commit" | "restores"> {
  readonly content: Content;
  readonly files: readonly ImageFile[];
  readonly problems: readonly Problem[];
}

/**
 * Publishes content over what was published `before`, unless it is the same, or what would be told of it holds
 * something that must not be sent.
 * @throws when that is no longer the newest
 */
export async function publishNext(
  store: SnapshotStore,
  before: Published | undefined,
  { content: written, files, problems: known, ...origin }: Next,
  options: PublishOptions,
  announcer?: Announcer,
): Promise<Publication> {
  const isQuiet = options.isQuiet ?? false;
  const past = before ? beforeOf(before) : options.past;
  const kept = withKept(written, past, { now: options.now, isQuiet });
  const content = announcer ? withCorrections(kept, await announcer.corrections()) : keepCorrections(kept, past);
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  // The same is published again where something of it has to be decided on: a worker alone cannot.
  const isSame = before?.snapshot.version === version && !before.isDamaged;
  if (isSame && !(await announcer?.wasRestored(options.now)))
    return { snapshot: before.snapshot, isChange: false, problems: known };
  const changes = contentChanges(before?.content, content);
  const sites = await sitesOf(before?.content, content, options.now);
  const told = { isQuiet, before: sites.before, changes };
  let { decision } = options;
  const prepare = async () => await announcer?.prepare(content, sites.after, { ...told, decision });
  let prepared = await prepare();
  if (isSame && !prepared?.asked.length) return { snapshot: before.snapshot, isChange: false, problems: known };
  if (prepared?.isUndecided && options.decide) {
    decision = await options.decide(prepared.asked);
    prepared = await prepare();
  }
  const stops = prepared ? stopsOf(prepared, options, sites.after) : [];
  const problems = [...known, ...stops];
  const shown = {
    entries: content.entries.length,
    changes,
    sites,
    problems,
    stops,
    notices: prepared?.previews ?? [],
    asked: prepared?.asked ?? [],
    isUndecided: prepared?.isUndecided ?? false,
    notTold: prepared?.notTold ?? [],
    unclear: prepared?.unclear ?? [],
    ...(prepared?.silence === undefined ? {} : { silence: prepared.silence }),
  };
  const preview = () => ({
    ...shown,
    pages: pagesTouched(changes, sites),
    ...(before ? { before: before.snapshot } : {}),
  });
  if (options.approve && !(await options.approve(preview()))) return { isChange: false, problems };
  if (prepared?.isUndecided) refuseUndecided(prepared.asked);
  if (stops.length > 0) {
    await noteRefused(prepared, options);
    return { isChange: false, problems };
  }

  const snapshot = {
    version,
    publishedAt: options.now,
    publishedBy: options.by ?? options.token ?? account(),
    entries: content.entries.length,
    isQuiet,
    changes: { added: changes.added.length, changed: changes.changed.length, removed: changes.removed.length },
    ...origin,
  };
  const after = before?.snapshot.id ?? 0;
  const stored = await unlessOvertaken(prepared, prepare, async (ready) =>
    store.publish(snapshot, content, files, after, async (transaction, id) => {
      if (!ready) return;
      await ready.seal(transaction, { madeBy: makerOf(options), snapshot: id });
      if (!isQuiet) await queuePings(transaction, sites, changes);
      // What the folder holds has been taken note of now; what an earlier snapshot holds, or the clock brings, is less.
      if (origin.restores === undefined) await clearRestored(transaction);
    }),
  );
  return { snapshot: stored, isChange: true, problems };
}

/** The content with what only its publications know of it. */
function withKept(content: Content, past: Before | undefined, publication: { now: number; isQuiet: boolean }): Content {
  return withFirstSeen(withRevisions(withIdHost(content, past), past, publication.now), past, publication);
}

/** Everything for which nothing is published: what must not be sent, and what is too uncertain. */
function stopsOf({ problems, unclear }: Prepared, { acceptUnclear }: PublishOptions, site: Site): readonly Problem[] {
  const held = acceptUnclear ? [] : unclear.filter(({ isHeld }) => isHeld);
  return [...problems, ...held.map((one) => heldProblem(one, site))];
}

/** Notes what must not be sent; what is uncertain is no such thing. */
async function noteRefused(prepared: Prepared | undefined, options: PublishOptions): Promise<void> {
  if (prepared?.problems.length) await prepared.refuse({ by: makerOf(options), at: options.now });
}

function makerOf({ by, token }: PublishOptions): string {
  return actorText(
    token === undefined ? { kind: "account", name: account(), for: by } : { kind: "token", name: token },
  );
}

/** Why what is not certain is not published, at the file it is about. */
function heldProblem({ slug, what, how, recipients }: UnclearPreview, { incidents, maintenances }: Site): Problem {
  const file = [...incidents, ...maintenances].find((event) => event.slug === slug)?.file ?? slug;
  const message = `It is not certain what is new here, and that concerns ${recipients.toLocaleString("en")} recipients. ${what}`;
  const remedy = `${how} Or accept it as it is understood, with --accept-unclear.`;
  return { rule: "unclear-identity", severity: "error", place: { file, line: 1, column: 1 }, message, remedy };
}
