import { NOTICE_CONFIG } from "#lib/model/config.ts";
import { isFailure } from "#lib/model/failure.ts";
import type { Content } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { compile } from "#lib/site/compile/compile.ts";
import type { Database } from "#lib/store/dialect.ts";
import { damageText, newestGood } from "#lib/store/good-snapshot.ts";
import { isNewest, openSnapshots } from "#lib/store/snapshots.ts";
import type { Announcer, Prepared } from "./announcer.ts";

/** Who tells what time brings. */
const CLOCK = "the clock";

/** How long news waits that may not be told as it is written, in milliseconds. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Tells what time alone brings: that a maintenance begins, ends or is near, and updates that were written ahead. Looks
 * only when something of the kind is due, and at what readers see.
 */
export class ScheduledNotices {
  readonly #database: Database;
  readonly #announcer: Announcer;
  #snapshot = 0;
  #content: Content | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  readonly #onAlarm: (message: string) => void;
  #damage = "";
  #undecided: readonly string[] = [];
  /** What stood in the way when news was last due: it is said once. */
  #refused = "";

  constructor(database: Database, announcer: Announcer, onAlarm: (message: string) => void) {
    this.#database = database;
    this.#announcer = announcer;
    this.#onAlarm = onAlarm;
  }

  /** What waits until somebody decides on it, as the database was brought back from a copy: slugs. */
  get undecided(): readonly string[] {
    return this.#undecided;
  }

  /** That what was published last is damaged, as a sentence with a remedy; empty where it is not. */
  get damage(): string {
    return this.#damage;
  }

  /** What readers see, as far as it was looked at. */
  get content(): Content | undefined {
    return this.#content;
  }

  /**
   * @param isHeld nothing may be told or noted for now, as nobody knows what time it is
   * @returns how many notices were told
   */
  async tell(now: number, isHeld = false): Promise<number> {
    const snapshots = openSnapshots(this.#database);
    const newest = await snapshots.latest();
    if (!newest) return 0;
    if (newest.id !== this.#snapshot) {
      const good = await newestGood(snapshots);
      this.#content = good?.content;
      this.#damage = good && good.newest !== good.snapshot ? damageText(good) : "";
      this.#snapshot = newest.id;
      // What became due while nobody delivered is found at once.
      this.#dueAt = now;
    }
    const content = this.#content as Content;
    // What readers were last shown is not known: nothing is told by what they saw before.
    if (isHeld || this.#damage !== "" || now < this.#dueAt) return 0;
    const prepared = await this.#announcer.prepare(content, compile(content, now), { isQuiet: false });
    this.#undecided = prepared.isUndecided ? prepared.asked.map(({ notice }) => notice.event.slug) : [];
    if (prepared.isUndecided) {
      this.#dueAt = now + LOOK_AGAIN_MS;
      return 0;
    }
    if (prepared.problems.length > 0) {
      await this.#refuse(prepared, now);
      return 0;
    }
    if (prepared.hasNews) {
      const origin = { madeBy: CLOCK, snapshot: newest.id };
      try {
        const isTold = await this.#database.transaction(async (transaction) => {
          // What was published while this was worked out is known by then: by it, what readers saw before would be news.
          if (!(await isNewest(this.#database, transaction, newest.id))) return false;
          await prepared.seal(transaction, origin);
          return true;
        });
        if (!isTold) return 0;
      } catch (error) {
        // Another worker has told it; the next look shows what is left.
        if (isFailure(error, "NOTED_MEANWHILE")) return 0;
        throw error;
      }
    }
    this.#dueAt = nextEdge(content, now);
    return prepared.previews.length;
  }

  /** What is due waits until its text is mended; it is looked at again after a while. */
  async #refuse({ problems, refuse }: Prepared, now: number): Promise<void> {
    this.#dueAt = now + LOOK_AGAIN_MS;
    const said = problems.map(({ message }) => message).join(" ");
    if (said === this.#refused) return;
    this.#refused = said;
    await refuse({ by: CLOCK, at: now });
    this.#onAlarm(`What is due is not told. ${said} Mend the text and publish it, or publish with --quiet.`);
  }
}

/** The next moment at which time alone may bring news, in milliseconds since the epoch. */
function nextEdge({ config, entries }: Content, now: number): number {
  const { remindBeforeMs } = config.notices ?? NOTICE_CONFIG;
  const edges = entries.flatMap(({ scheduled, ended, updates }) => [
    ...(scheduled ? [scheduled.start.at - remindBeforeMs, scheduled.start.at, scheduled.end.at] : []),
    ...(ended ? [earliest(ended)] : []),
    ...updates.map(({ at }) => earliest(at)),
  ]);
  return edges.filter((edge) => edge > now).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}
