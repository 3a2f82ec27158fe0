import { haltFile } from "#lib/delivery/halt-file.ts";
import type { Halt } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { activeHalts } from "#lib/store/halts.ts";
import type { Trouble } from "#lib/store/troubles.ts";
import { attendance, type WaitingSeal, waitingSeals } from "#lib/store/waiting.ts";

/** A trouble as it is found; since when, the store knows. */
export type Found = Omit<Trouble, "since">;

/** What should have left so long ago does not move, in milliseconds. */
export const OVERDUE_MS = 45_000;

/** A worker that was not heard of for so long is not there, in milliseconds. */
const UNHEARD_MS = 45_000;

/**
 * Finds what keeps messages from leaving, as far as the store and the data folder show it at one moment.
 * @param isMoving whether answers have come lately for a notice that has deliveries due: a long queue is no trouble
 */
export async function findTroubles(
  database: Database,
  data: string,
  { now, isMoving }: { readonly now: number; readonly isMoving: (seal: WaitingSeal) => boolean },
): Promise<readonly Found[]> {
  const [file] = haltFile(data);
  const halts = await activeHalts(database);
  const seals = await waitingSeals(database, now - OVERDUE_MS);
  const { active, heardAt, overdueLetters, quarantined } = await attendance(database, now - OVERDUE_MS);
  const isHeard = heardAt !== undefined && Math.abs(now - heardAt) < UNHEARD_MS;
  const found: Found[] = [];
  if (file) {
    found.push({
      key: "halt-file",
      message: `Nothing is sent, because the data folder holds a file HALT (${file.why}). ${waitText(sum(seals))}Remove the file to go on.`,
      count: 0,
    });
  }
  if (!isHeard && active + overdueLetters > 0) {
    const last = heardAt === undefined ? "None is running" : `The last was heard of at ${iso(heardAt)}`;
    const message = `No worker delivers. ${last}: ${count(active, "subscriber")} ${active === 1 ? "hears" : "hear"} nothing. ${waitText(sum(seals) + overdueLetters)}“npm start” runs one beside the server, “candor deliver” one alone.`;
    found.push({ key: "no-worker", message, count: 0 });
  }
  for (const seal of seals) if (seal.waiting > 0) found.push(...sealTrouble(seal, halts, { file, isHeard, isMoving }));
  if (quarantined > 0) {
    const message = `${count(quarantined, "subscription")} ${quarantined === 1 ? "is" : "are"} quarantined: nothing arrived there for long, and nothing is sent there until its owner says that it works again. List them with “candor subscribers list --state quarantined”.`;
    found.push({ key: "quarantined", message, count: 0 });
  }
  return found;
}

function sealTrouble(
  seal: WaitingSeal,
  halts: readonly Halt[],
  {
    file,
    isHeard,
    isMoving,
  }: {
    readonly file: Halt | undefined;
    readonly isHeard: boolean;
    readonly isMoving: (seal: WaitingSeal) => boolean;
  },
): Found[] {
  const { channel, notice, state, title, waiting, why } = seal;
  const key = `seal:${notice}:${channel}`;
  const what = `${count(waiting, "message")} about “${title}” by ${channel} ${waiting === 1 ? "waits" : "wait"}`;
  const halt = halts.find(({ scope }) => seal.scopes.includes(scope));
  if (halt) {
    const remedy = `Go on with “candor resume ${halt.scope === "all" ? "--all" : `--notice ${notice}`}”.`;
    const scope = halt.scope === "all" ? "everything" : halt.scope.replace(":", " ");
    return [{ key, message: `${what}: ${halt.by} has halted ${scope} (${halt.why}). ${remedy}`, count: 0 }];
  }
  if (state === "awaiting_approval") {
    const remedy = `“candor approve ${notice} --token”, or the button on the operator's page, lets it leave.`;
    return [{ key, message: `${what} for the approval of a second person. ${remedy}`, count: 0 }];
  }
  if (state === "stopped") {
    const remedy = `Mend the cause, then go on with “candor resume --notice ${notice}”.`;
    return [{ key, message: `${what}: it was stopped. ${why ?? ""} ${remedy}`, count: 0 }];
  }
  if (file || !isHeard || seal.overdue === 0 || isMoving(seal)) return [];
  const message = `${what}, though a worker runs: nothing has been answered for ${OVERDUE_MS / 1_000} seconds. Look at its error output; restart it if it says nothing.`;
  return [{ key, message, count: 0 }];
}

function sum(seals: readonly WaitingSeal[]): number {
  return seals.reduce((all, { waiting }) => all + waiting, 0);
}

function waitText(waiting: number): string {
  return waiting === 0 ? "" : `${count(waiting, "message")} ${waiting === 1 ? "waits" : "wait"}. `;
}

function count(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
