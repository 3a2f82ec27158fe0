import { createECDH } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { existingVault } from "#lib/access/open-vault.ts";
import { readSecrets, secretFile } from "#lib/access/secret.ts";
import { requireMaildir } from "#lib/delivery/bounces/mailbox.ts";
import { SmtpConnection } from "#lib/delivery/channels/email/connection.ts";
import { haltFile } from "#lib/delivery/halt-file.ts";
import { dkimOf } from "#lib/delivery/transports.ts";
import { verifyAll } from "#lib/delivery/verify.ts";
import { DEAD_AFTER_MS } from "#lib/delivery/worker-settings.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { storedHead } from "#lib/store/chain.ts";
import type { Database } from "#lib/store/dialect.ts";
import { activeHalts } from "#lib/store/halts.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { lastHeardOf } from "#lib/store/workers.ts";
import { type Answer, ok } from "./finding.ts";

/** Connects to the mail server and logs in, as for a mail; none is sent. */
export async function mail({ channels, data }: Environment): Promise<Answer> {
  if (channels?.smtpUrl === undefined) {
    const said = `SMTP_URL is not set: no mail leaves this machine; mails are written into ${data}/mail as files`;
    return {
      state: "warn",
      said,
      remedy: "Set SMTP_URL, as smtps://user:password@mail.example.com, where mails are to be sent.",
    };
  }
  const { host } = new URL(channels.smtpUrl);
  const connection = new SmtpConnection(channels.smtpUrl, () => undefined);
  const fault = await connection.open();
  if (fault) connection.close();
  else connection.quit();
  if (!fault) return ok(`${host} takes our mails`);
  // The whole message may repeat what was sent to log in.
  const what =
    fault.code === "EAUTH" ? "refuses the name or the password" : `does not answer as it should (${fault.code})`;
  return { state: "fail", said: `${host} ${what}`, remedy: "Correct SMTP_URL, or see why it cannot be reached." };
}

/** As long as nobody has read a mail that came back, in milliseconds, a worker is not reading them. */
const UNREAD_MS = 10 * 60_000;

/** Whether somebody reads the mails that came back. */
export async function returned({ channels = {} }: Environment, now: number): Promise<Answer> {
  const { mailBounces, mailBouncesFolder: folder, smtpUrl } = channels;
  const remedy = "Set MAIL_BOUNCES to an address whose mail lies in a Maildir, and MAIL_BOUNCES_FOLDER to that.";
  if (folder === undefined) {
    const said =
      mailBounces === undefined ? "mails that come back return to the sender" : `they return to ${mailBounces}`;
    if (smtpUrl === undefined || mailBounces !== undefined) return ok(said);
    return { state: "warn", said: `${said}, and nobody reads them`, remedy };
  }
  requireMaildir(folder);
  const waiting = await readdir(join(folder, "new"));
  const ages = await Promise.all(waiting.map(async (name) => now - (await stat(join(folder, "new", name))).mtimeMs));
  const oldest = Math.max(0, ...ages);
  const said = `${folder}: ${waiting.length} not read yet`;
  if (mailBounces === undefined) return { state: "warn", said: `${said}, and MAIL_BOUNCES is not set`, remedy };
  if (oldest < UNREAD_MS) return ok(said);
  return { state: "warn", said, remedy: "A worker that has MAIL_BOUNCES_FOLDER reads them: see whether one runs." };
}

/** Whether the keys that mails and push messages are signed with are keys. */
export function keys({ channels = {} }: Environment): Answer {
  const { dkim, vapid } = channels;
  dkimOf(channels);
  if (vapid && !isPair(vapid)) {
    const said = "VAPID_PUBLIC_KEY does not belong to VAPID_PRIVATE_KEY";
    return { state: "fail", said, remedy: "Set both as they were made together." };
  }
  const name = dkim && `DKIM signs as ${dkim.selector}._domainkey.${dkim.domain}`;
  return ok([name ?? "no DKIM key is set", vapid ? "VAPID is set" : "VAPID is our own"].join("; "));
}

function isPair({ publicKey, privateKey }: { readonly publicKey: string; readonly privateKey: string }): boolean {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(privateKey, "base64url");
  return curve.getPublicKey("base64url") === publicKey;
}

/** Whether somebody delivers. */
export async function worker(database: Database, now: number): Promise<Answer> {
  const heardAt = await lastHeardOf(database);
  if (heardAt !== undefined && heardAt > now - DEAD_AFTER_MS) return ok("one is delivering");
  const counts = await new SubscriptionStore(database).counts();
  const waiting = counts.filter(({ state }) => state === "active").reduce((sum, { count }) => sum + count, 0);
  const said =
    heardAt === undefined ? "none is running" : `the last one was heard of at ${new Date(heardAt).toISOString()}`;
  if (waiting === 0) return ok(`${said}, and nobody has subscribed`);
  const remedy = "“npm start” runs one beside the server; “candor deliver” runs one alone.";
  return { state: "warn", said: `${said}: ${waiting} subscribers hear nothing`, remedy };
}

export async function halts(database: Database, { data }: Environment): Promise<Answer> {
  const active = [...haltFile(data), ...(await activeHalts(database))];
  if (active.length === 0) return ok("nothing is halted");
  const said = active.map(({ scope, why, by }) => `${scope} by ${by}: ${why}`).join("; ");
  return {
    state: "warn",
    said,
    remedy: "Go on with “candor resume --all”, or by name, and remove the file HALT if there is one.",
  };
}

/** The same as `ledger --verify`, in short. */
export async function ledger(database: Database, environment: Environment): Promise<Answer> {
  const { secret, data } = environment;
  const vault =
    secret === undefined && !existsSync(secretFile(data))
      ? undefined
      : await existingVault(database, await readSecrets(environment));
  if (!vault && (await storedHead(database.query)) === undefined) return ok("there is none yet");
  if (!vault) {
    const said = "the ledger's key is gone: the secret that is in use has never opened this database";
    return { state: "fail", said, remedy: "Bring back the secret (or CANDOR_SECRET), or restore a backup." };
  }
  const { faults, entries, plainUntil } = await verifyAll(database, vault, data);
  const [first] = faults;
  if (first !== undefined) {
    const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
    return { state: "fail", said: `${first}${more}`, remedy: "See all of it with “candor ledger --verify”." };
  }
  const since = plainUntil === undefined ? "" : `, with a key since entry ${plainUntil + 1}`;
  return ok(`${entries.toLocaleString("en")} entries are what was written, and the tables agree with them${since}`);
}
