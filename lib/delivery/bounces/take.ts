import type { Vault } from "#lib/access/vault.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { mailsTo, type Noted, noteReturned, type SentMail } from "#lib/store/bounces.ts";
import type { Database } from "#lib/store/dialect.ts";
import { mailDomain } from "#lib/store/mail-domain.ts";
import { type BounceMarks, type BounceSubject, readBounce } from "../channels/bounce.ts";
import { isReturnOf, subscriptionReturned } from "./return-address.ts";

export interface BounceContext {
  readonly database: Database;
  readonly vault: Vault;
}

/** What our mails carry. */
export function marksOf({ url }: Pick<SiteConfig, "url">, { channels }: Environment): BounceMarks {
  const bounces = channels?.mailBounces;
  return { host: new URL(url).hostname, ...(bounces === undefined ? {} : { bounces }) };
}

/** What became of a mail that was handed in: `foreign` is no report about a mail of ours; `unproven` says so, and anybody could. */
export type Taken = Noted | "foreign" | "unproven";

/**
 * Reads a mail that came back and draws the consequences. Reports are letters from strangers: one has to hold what only we
 * can have made for this very subscription, either the proof in the address it returned to or the token of the link to
 * unsubscribe, whose holder could end the subscription anyhow.
 */
export async function takeReturned(
  { database, vault }: BounceContext,
  raw: Uint8Array,
  marks: BounceMarks,
  now: number,
): Promise<Taken> {
  const bounce = await readBounce(raw, { ...marks, host: (await mailDomain(database)) ?? marks.host });
  if (!bounce) return "foreign";
  const mail = await provenMail(database, vault, bounce.about);
  if (!mail) return "unproven";
  return await noteReturned(database, mail, inWords(bounce), now);
}

async function provenMail(
  database: Database,
  vault: Vault,
  { message = "", returnedTo = "", token = "" }: BounceSubject,
): Promise<SentMail | undefined> {
  const to = subscriptionReturned(returnedTo);
  const byAddress = to === undefined ? [] : await mailsTo(database, to);
  const found = byAddress.find(({ notice, subscription }) => isReturnOf(returnedTo, notice, subscription, vault));
  if (found) return found;
  const holder = vault.tokenHolder(token);
  if (holder === undefined) return undefined;
  return (await mailsTo(database, holder)).find(({ notice }) => message === `${notice}.${holder}`);
}

function inWords({ detail, kind, status }: { detail: string; kind: "gone" | "failed" | "delayed"; status?: string }) {
  const how = kind === "delayed" ? "It is still being tried" : "It came back";
  return { kind, ...(status === undefined ? {} : { status }), detail: `${how}${detail ? `: ${detail}` : "."}` };
}
