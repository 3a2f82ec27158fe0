import { sql } from "kysely";
import type { Scope } from "#lib/model/delivery.ts";
import { scopesOf } from "#lib/model/scopes.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Database } from "./dialect.ts";

/** A sealed notice on a channel with deliveries that have not left. */
export interface WaitingSeal {
  readonly notice: string;
  readonly channel: ChannelName;
  readonly state: "awaiting_approval" | "open" | "stopped";
  /** Why it was stopped. */
  readonly why?: string;
  readonly title: string;
  /** Deliveries that have not left. */
  readonly waiting: number;
  /** Of these, as many could have left before the moment that was asked for. */
  readonly overdue: number;
  /** Answers so far: as long as they grow, it moves. */
  readonly settled: number;
  /** In which scopes a halt keeps it back. */
  readonly scopes: readonly Scope[];
}

/** Everything sealed that is not done, oldest first, with what of it was due before a moment (milliseconds since the epoch). */
export async function waitingSeals({ query }: Database, dueBefore: number): Promise<readonly WaitingSeal[]> {
  const { rows } = await sql<Row>`
    select seal.notice, seal.channel, seal.state, seal.why, notice.event, notice.data,
      seal.accepted + seal.failed + seal.unknown as settled,
      (select count(*) from delivery where delivery.notice = seal.notice and delivery.channel = seal.channel
        and delivery.state = 'queued') as waiting,
      (select count(*) from delivery where delivery.notice = seal.notice and delivery.channel = seal.channel
        and delivery.state = 'queued' and delivery.wave <= seal.wave and delivery.due_at < ${dueBefore}) as overdue
    from seal join notice on notice.id = seal.notice
    where seal.state in ('open', 'stopped', 'awaiting_approval')
    order by seal.sealed_at, seal.notice, seal.channel`.execute(query);
  return rows.map(({ event, data, why, waiting, overdue, settled, ...row }) => ({
    ...row,
    ...(why === null ? {} : { why }),
    title: (JSON.parse(data) as { readonly event: { readonly title: string } }).event.title,
    waiting: Number(waiting),
    overdue: Number(overdue),
    settled: Number(settled),
    scopes: scopesOf({ notice: row.notice, channel: row.channel, event }),
  }));
}

interface Row extends Pick<WaitingSeal, "notice" | "channel" | "state"> {
  readonly event: string;
  readonly data: string;
  readonly why: string | null;
  readonly waiting: number;
  readonly overdue: number;
  readonly settled: number;
}

/** Who is there to deliver, and to whom. */
export interface Attendance {
  /** When a worker was last heard of, in milliseconds since the epoch; absent when none ever was. */
  readonly heardAt?: number;
  readonly active: number;
  readonly quarantined: number;
  /** Messages to subscribers about their own subscription that should have left. */
  readonly overdueLetters: number;
}

export async function attendance({ query }: Database, dueBefore: number): Promise<Attendance> {
  const { rows } = await sql<Counts>`
    select (select max(seen_at) from worker) as heard,
      (select count(*) from subscription where state = 'active') as active,
      (select count(*) from subscription where state = 'quarantined') as quarantined,
      (select count(*) from letter where state = 'queued' and due_at < ${dueBefore}) as letters`.execute(query);
  const [{ heard, active, quarantined, letters } = NOBODY] = rows;
  return {
    ...(heard === null ? {} : { heardAt: Number(heard) }),
    active: Number(active),
    quarantined: Number(quarantined),
    overdueLetters: Number(letters),
  };
}

interface Counts {
  readonly heard: number | null;
  readonly active: number;
  readonly quarantined: number;
  readonly letters: number;
}

const NOBODY: Counts = { heard: null, active: 0, quarantined: 0, letters: 0 };
