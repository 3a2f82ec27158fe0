import type { Generated } from "kysely";
import type { Role } from "#lib/model/access.ts";
import type { DeliveryState } from "#lib/model/delivery.ts";

/** The tables as the newest migration leaves them. Truth is 0 or 1, an instant is milliseconds since the epoch. */
export interface Tables {
  snapshot: SnapshotTable;
  image: ImageTable;
  meta: MetaTable;
  subscription: SubscriptionTable;
  known_event: KnownEventTable;
  notice: NoticeTable;
  seal: SealTable;
  rendering: RenderingTable;
  delivery: DeliveryTable;
  ledger: LedgerTable;
  halt: HaltTable;
  worker: WorkerTable;
  letter: LetterTable;
  hub_ping: HubPingTable;
  live_event: LiveEventTable;
  board: BoardTable;
  witness: WitnessTable;
  token: TokenTable;
  request_key: RequestKeyTable;
  operator_session: OperatorSessionTable;
  alert_group: AlertGroupTable;
}

type Truth = 0 | 1;

/** One row a publication. */
interface SnapshotTable {
  id: Generated<number>;
  version: string;
  published_at: number;
  published_by: string;
  entries: number;
  /** Content as JSON, packed with zstd. */
  content: Uint8Array;
  /** Absent where the content was in no git work tree. */
  git_commit: string | null;
  git_is_dirty: Truth | null;
  /** Nobody is to be told of it. */
  is_quiet: Truth;
  /** The snapshot that this one shows again. */
  restores: number | null;
  /** How many entries differ from the snapshot before; absent of what was published before this was kept. */
  added: number | null;
  changed: number | null;
  removed: number | null;
}

/** The pictures that snapshots show, each once. */
interface ImageTable {
  hash: string;
  type: string;
  bytes: Uint8Array;
}

/** Single facts about this database, such as `restored_at`. */
interface MetaTable {
  key: string;
  value: string;
}

/** One row an address on a channel. Erased, it keeps everything but the address. */
interface SubscriptionTable {
  id: string;
  channel: string;
  /** The subscriber's pseudonym: it is the same in the ledger. */
  subscriber: string;
  /** Locked by the vault; nothing once it is erased. */
  address: string | null;
  /** Of a webhook; locked by the vault. */
  signing_secret: string | null;
  /** Of a webhook whose owner wants to be written to when it does not answer: a mail address, locked. */
  contact: string | null;
  /** The pseudonym of that address. */
  contact_key: string | null;
  /** Ids as a JSON list; empty for all. */
  components: string;
  /** One bit for each topic. */
  topics: number;
  /** Place in the list of impacts. */
  least_impact: number;
  state: "pending" | "active" | "quarantined" | "ended";
  created_at: number;
  confirmed_at: number | null;
  ended_at: number | null;
  /** Of one that was set aside as well. */
  ended_why: string | null;
  /** Deliveries that failed in a row. */
  failures: Generated<number>;
  failing_since: number | null;
  /** How it came to be: `form`, `operator`, `import`. */
  source: string;
  /** Only beginnings, turns and ends. */
  ends_only: Generated<Truth>;
  /** At most one message of an event in so many minutes; 0 for each at once. */
  every_minutes: Generated<number>;
  /** Quiet hours as JSON. */
  quiet: string | null;
  /** Maintenance once a week. */
  weekly: Generated<Truth>;
  /** IANA name of a zone; nothing for the site's. */
  zone: string | null;
}

/** What is known of an event, as JSON. */
interface KnownEventTable {
  id: string;
  data: string;
}

interface NoticeTable {
  id: string;
  /** Unique: the same news is never told twice. */
  key: string;
  kind: string;
  /** Id of the event. */
  event: string;
  slug: string;
  snapshot: number | null;
  /** The notice that this one corrects. */
  corrects: string | null;
  made_at: number;
  made_by: string;
  /** The notice as JSON. */
  data: string;
}

/** What a notice says over a channel, and to how many: fixed before the first message leaves. */
interface SealTable {
  notice: string;
  channel: string;
  rendering: string;
  /** SHA-256, in hexadecimal. */
  rendering_hash: string;
  recipients: number;
  /** Over the proofs of all its deliveries. */
  recipients_hash: string;
  /** The deliveries of this wave and those before may leave. */
  wave: number;
  state: "awaiting_approval" | "open" | "stopped" | "done";
  /** Why it was stopped. */
  why: string | null;
  approved_by: string | null;
  accepted: Generated<number>;
  failed: Generated<number>;
  unknown: Generated<number>;
  sealed_at: number;
}

interface DeliveryTable {
  id: Generated<number>;
  notice: string;
  channel: string;
  subscription: string;
  subscriber: string;
  /** By the vault, over notice, channel, rendering, subscription and subscriber. */
  proof: string;
  wave: number;
  state: DeliveryState;
  attempts: Generated<number>;
  due_at: number;
  /** Who has it, while it is `sending`. */
  worker: string | null;
  claimed_at: number | null;
  settled_at: number | null;
  detail: string | null;
  /** Hash of its rendering, where it is not that of the seal. */
  text: Generated<string | null>;
  /** While it tells more than its own notice: the hash of the rendering that does, and the proof over that. */
  combined: Generated<string | null>;
  combined_proof: Generated<string | null>;
  /** What waits under the same name for a subscription is told in one message. */
  bundle: Generated<string | null>;
  /** Of one that is `folded`: the notice whose delivery to the same subscription tells it. */
  carried_by: Generated<string | null>;
  /** Of a correction: the notice whose message told the wrong words. */
  answers: Generated<string | null>;
  /** When it is too late to be told. */
  expires_at: Generated<number | null>;
}

/** What a notice says over a channel to those who do not get what everybody gets: fixed before the first message leaves. */
interface RenderingTable {
  notice: string;
  channel: string;
  /** SHA-256 of the body, in hexadecimal. */
  hash: string;
  body: string;
}

/** One fact a row, each bound to the one before by its hash. */
interface LedgerTable {
  seq: number;
  at: number;
  kind: string;
  notice: string | null;
  channel: string | null;
  subscriber: string | null;
  delivery: number | null;
  data: string;
  hash: string;
}

interface HaltTable {
  id: Generated<number>;
  /** `all`, `incident:<event id>`, `notice:<id>` or `channel:<name>`. */
  scope: string;
  why: string;
  halted_at: number;
  halted_by: string;
  lifted_at: number | null;
  lifted_by: string | null;
}

/** A process that delivers, as long as it says so. */
interface WorkerTable {
  id: string;
  started_at: number;
  seen_at: number;
}

/** A message to one subscription about itself, such as the one that asks to confirm it. */
interface LetterTable {
  id: string;
  subscription: string;
  /** The pseudonym of the mailbox it goes to, or of another receiver; null where nobody counts. */
  receiver: string | null;
  kind: string;
  state: "queued" | "sending" | "sent" | "failed";
  attempts: Generated<number>;
  due_at: number;
  made_at: number;
}

/** A feed that a WebSub hub is told of. */
interface HubPingTable {
  /** Its address. */
  topic: string;
  state: "queued" | "sending" | "sent" | "failed";
  attempts: Generated<number>;
  due_at: number;
  /** When its newest news was published. */
  made_at: number;
}

/** Something that is pushed to those who are connected, or an order to wallboards. */
interface LiveEventTable {
  id: Generated<number>;
  /** Unique: the same news is never noted twice. */
  key: string;
  at: number;
  kind: string;
  /** The snapshot that shows it; 0 for an order. */
  snapshot: number;
  /** Ids as a JSON list; empty for what concerns everybody. */
  components: string;
  /** Of an order: the only board it is for. */
  board: string | null;
  /** JSON. */
  data: string;
}

/** A wallboard, as the server it was last connected to knows it. */
interface BoardTable {
  id: string;
  /** Ids as a JSON list; empty for all. */
  components: string;
  server: string;
  opened_at: number;
  seen_at: number;
  is_open: Truth;
  /** The last event and the last order that it was sent. */
  sent: number;
  obeyed: number;
}

/** A place outside that has each day's end of the ledger. */
interface WitnessTable {
  /** A hash of its address, which may hold a secret. */
  target: string;
  /** The last day of which it has it, in UTC. */
  day: string;
}

/** A right to act. Of one that was removed the hash stays, so that neither an old file nor an old backup brings it back. */
interface TokenTable {
  /** SHA-256 of the secret, in hexadecimal. */
  hash: string;
  /** Unique among those that are not removed. */
  name: string;
  role: Role;
  email: string | null;
  added_at: number;
  /** This and what follows are dates in UTC, as 2026-12-31. */
  expires_on: string | null;
  used_on: string | null;
  removed_on: string | null;
}

/** A key under which a request to write is done once. */
interface RequestKeyTable {
  /** A hash of whose it is and what it is. */
  id: string;
  /** A hash of the request; absent where an older version has left a note that cannot be read. */
  asked: string | null;
  /** JSON; absent while it is worked on, and for good when it was cut off. */
  answer: string | null;
  at: number;
}

/** Somebody who is signed in on the operator's page. */
interface OperatorSessionTable {
  /** SHA-256 of the session's id. */
  id: string;
  /** The hash of the token that was shown. */
  token: string;
  ends_at: number;
  /** What is to be told once. */
  notice: string | null;
  /** What was typed before, as JSON. */
  carried: string | null;
}

/** What was written of a group of alerts. */
interface AlertGroupTable {
  /** A hash of its key. */
  id: string;
  /** The draft that was opened for it; absent once it has ended. */
  slug: string | null;
  /** Fingerprints of the alerts that the draft tells of, with when each began, as JSON. */
  firing: string;
  /** The same of alerts that are over. */
  ended: string;
}
