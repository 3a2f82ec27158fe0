import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Vault } from "#lib/access/vault.ts";
import { failure } from "#lib/model/failure.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { ChannelEnvironment } from "#lib/settings/channel-environment.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { returnAddress } from "./bounces/return-address.ts";
import type { Opening } from "./channels/channel.ts";
import { channels } from "./channels/channels.ts";
import { HttpSender } from "./channels/http/sender.ts";
import type { Transport } from "./channels/transport.ts";
import type { Vapid } from "./channels/vapid.ts";

/** Whom messages come from. */
interface Sending {
  /** What the site says of itself now: a worker that runs follows its configuration. Its address is absolute. */
  readonly site: () => { readonly name: string; readonly url: string };
  /** The keys push services know us by; without them nothing is pushed. */
  readonly vapid?: Vapid;
  /** Proves what returns; without it everything returns to the sender. */
  readonly vault?: Vault;
}

export interface Transports {
  readonly by: Readonly<Partial<Record<ChannelName, Transport>>>;
  /** What all of them that speak HTTP post with. */
  readonly sender: HttpSender;
  close(): Promise<void>;
}

/**
 * Opens every channel.
 * @throws when the key for DKIM cannot be read; the message says nothing of what is in it
 */
export function openTransports(
  { channels: settings = {}, data }: Environment,
  { site, vapid, vault }: Sending,
): Transports {
  const now = Date.now;
  const { allowPrivateTargets = false, mailBounces, mailFrom, smtpUrl } = settings;
  const dkim = dkimOf(settings);
  const sender = new HttpSender({ allowPrivateTargets, now });
  const opening: Opening = {
    sender,
    email: {
      ...(smtpUrl === undefined ? {} : { smtpUrl }),
      folder: join(data, "mail"),
      from: () => mailFrom ?? { name: site().name, address: `notices@${new URL(site().url).hostname}` },
      ...(mailBounces && vault ? { returnTo: (id: string) => returnAddress(mailBounces, id, vault) } : {}),
      ...(dkim ? { dkim } : {}),
      now,
    },
    ...(vapid ? { vapid } : {}),
    now,
  };
  const opened = Object.values(channels).flatMap((channel) => {
    const transport = channel.open(opening);
    return transport ? [[channel.name, transport] as const] : [];
  });
  return {
    by: Object.fromEntries(opened),
    sender,
    close: async () => {
      for (const [, transport] of opened) await transport.close();
      await sender.close();
    },
  };
}

/** The key that mails are signed with. @throws when it cannot be read; the message says nothing of what is in it */
export function dkimOf({ dkim }: ChannelEnvironment) {
  if (!dkim) return;
  const { domain, privateKey: key, selector } = dkim;
  const source = "file" in key ? "DKIM_PRIVATE_KEY_FILE" : "DKIM_PRIVATE_KEY";
  try {
    const privateKey = "file" in key ? readFileSync(key.file, "utf8") : key.pem;
    createPrivateKey(privateKey);
    return { domain, selector, privateKey };
  } catch (cause) {
    const message = `${source} does not give a private key in PEM form. Correct it and start again.`;
    throw failure("NO_DKIM_KEY", message, { cause });
  }
}
