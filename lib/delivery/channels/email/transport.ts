import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answer, Message } from "#lib/model/delivery.ts";
import { detailOf } from "../detail.ts";
import { prepared } from "../prepared.ts";
import type { Transport } from "../transport.ts";
import type { Mail } from "./mail.ts";
import { type Dkim, type Sender, writeMail } from "./mime.ts";
import { Pool } from "./pool.ts";

export interface EmailSettings {
  /** The mail server; absent: mails are written into `folder`. */
  readonly smtpUrl?: string;
  /** Where `.eml` files go when there is no mail server. */
  readonly folder: string;
  /** Asked for each mail: what the site says of itself may change. */
  readonly from: () => Sender;
  /** The address to which a message of this id returns when it cannot be delivered; absent: to the sender's. */
  readonly returnTo?: (id: string) => string;
  readonly dkim?: Dkim;
  readonly maxConnections?: number;
  /** What one mail may take from its being handed over to its answer, in milliseconds. */
  readonly timeoutMs?: number;
  readonly now: () => number;
}

export function openEmail(settings: EmailSettings): Transport {
  const { dkim, folder, now, smtpUrl: url } = settings;
  const pool =
    url &&
    new Pool({ url, maxConnections: settings.maxConnections ?? 5, timeoutMs: settings.timeoutMs ?? 60_000, now });
  return {
    send: (message, hold, stop = hold) => {
      const from = settings.from();
      return prepared(
        () => writeMail(JSON.parse(message.body) as Mail, { from, to: message.to }, now(), dkim),
        (bytes) =>
          pool
            ? pool.send(settings.returnTo?.(message.id) ?? from.address, message.to, bytes, hold, stop)
            : writeFileOf(message, bytes, folder, hold),
      );
    },
    close: () => {
      if (pool) pool.close();
      return Promise.resolve();
    },
  };
}

/** One file a message, whole or not at all; the same message again takes the place of its first file. */
async function writeFileOf({ id }: Message, bytes: Buffer, folder: string, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) return { outcome: "unsent", detail: "The mail was stopped before it was written." };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `.${id}.draft`);
    await writeFile(draft, bytes, { mode: 0o600, flush: true });
    await rename(draft, join(folder, `${id}.eml`));
    return { outcome: "accepted", detail: "Written into a file, as there is no mail server." };
  } catch (error) {
    return {
      outcome: "deferred",
      detail: `The mail could not be written into a file: ${detailOf((error as NodeJS.ErrnoException).code ?? "")}`,
    };
  }
}
