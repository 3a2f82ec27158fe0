import { mailboxOf } from "#lib/model/mailbox.ts";
import type { Interest } from "#lib/model/subscription.ts";
import type { Row } from "../dialect.ts";
import { interestRow } from "../interest.ts";
import type { Opener, Projection } from "./projection.ts";

const PAGE = 5_000;

/** Columns and what the ledger says is in them; of a fact from before a column was kept it says nothing. */
type Expected = Readonly<Record<string, unknown>>;

/** What a fact about a subscription makes of its row. */
const CHANGES: Readonly<Record<string, (at: number, data: Row) => Expected>> = {
  confirmed: (at, { again }) => ({
    state: "active",
    confirmed_at: at,
    ended_why: null,
    ...(again === true ? { ended_at: null } : {}),
  }),
  changed: (_, data) => interestRow(data as unknown as Interest),
  ended: (at, { why }) => ({ state: "ended", ended_at: at, ended_why: why }),
  erased: (at) => ({ state: "ended", ended_at: at, ended_why: "erased", address: null, ...NOTHING }),
  quarantined: (_, { why }) => ({ state: "quarantined", ended_why: why }),
};

const NOTHING = { signing_secret: null, contact: null, contact_key: null };

/** Every subscription asks for what its owner said and is in the state that the ledger gives it; with an opener, its address is its own. */
export function subscriptionsProjection(opener?: Opener): Projection {
  const known = new Map<string, Expected>();
  return {
    see({ kind, at, channel, subscriber, data }) {
      const name = `${channel} ${subscriber}`;
      if (kind === "subscribed") {
        const { subscription: id, source, state, createdAt, confirmedAt } = data;
        const isKept = createdAt !== undefined;
        known.set(name, {
          ...{ id, source, state, ended_at: null, ended_why: null, ...interestRow(data as unknown as Interest) },
          ...(isKept ? { created_at: createdAt, confirmed_at: confirmedAt ?? null } : {}),
        });
        return;
      }
      const before = known.get(name);
      // A delivery that was given up names a subscription as well.
      if (!before || before["id"] !== data["subscription"]) return;
      const change = CHANGES[kind];
      if (change) known.set(name, { ...before, ...change(at, data) });
    },
    async *faults(query) {
      for (let after = ""; ; ) {
        const page = await query
          .selectFrom("subscription")
          .selectAll()
          .where("id", ">", after)
          .orderBy("id")
          .limit(PAGE)
          .execute();
        for (const row of page) {
          const name = `${row.channel} ${row.subscriber}`;
          const expected = known.get(name);
          known.delete(name);
          const fault = expected ? faultOf(row, expected, opener) : "no entry says that it was made";
          if (fault !== undefined) yield `Subscription ${row.id}: ${fault}.`;
        }
        if (page.length < PAGE) break;
        after = page.at(-1)?.id as string;
      }
      for (const { id } of known.values()) yield `Subscription ${String(id)} was made, and it is gone.`;
    },
  };
}

function faultOf(row: Row, expected: Expected, opener: Opener | undefined): string | undefined {
  const differing = Object.keys(expected).filter((column) => (row[column] ?? null) !== (expected[column] ?? null));
  if (differing.length > 0) return `${differing.join(", ")} not as the ledger says`;
  return opener && sealedFault(row, opener);
}

/** What is locked can be opened only as what it was locked as, and an address has one pseudonym. */
function sealedFault(row: Row, opener: Opener): string | undefined {
  const { id, channel, subscriber, address, contact, contact_key, signing_secret } = row as Readonly<
    Record<string, string | null>
  >;
  try {
    if (address && opener.pseudonym(channel ?? "", opener.open(address, `address ${id}`)) !== subscriber)
      return "the address is another subscriber's";
    if (signing_secret) opener.open(signing_secret, `signing ${id}`);
    if ((contact ?? null) === null) return contact_key === null ? undefined : "the contact is gone";
    return contact && !isKeyOf(opener, opener.open(contact, `contact ${id}`), contact_key)
      ? "the contact is another one"
      : undefined;
  } catch {
    return "what is locked in it cannot be opened: it was changed, or locked under a secret that is not at hand";
  }
}

/** A contact is counted by its mailbox; one from before migration 0009, by its address. */
function isKeyOf(opener: Opener, contact: string, key: string | null | undefined): boolean {
  return [mailboxOf(contact), contact].some((name) => opener.pseudonym("email", name) === key);
}
