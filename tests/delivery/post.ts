import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import type { Receivers } from "./receivers.ts";

export interface Post extends AsyncDisposable {
  readonly receivers: Receivers;
  readonly email: Transport;
  readonly webhook: Transport;
}

/** The real channels, to real receivers. */
export function openPost(receivers: Receivers): Post {
  const from = { name: "Example Cloud", address: "notices@status.example.com" };
  const email = openEmail({ smtpUrl: receivers.smtpUrl, folder: "unused", from: () => from, now: Date.now });
  const sender = new HttpSender({ allowPrivateTargets: true, now: Date.now });
  return {
    receivers,
    email,
    webhook: openWebhook(sender, Date.now),
    [Symbol.asyncDispose]: async () => {
      await email.close();
      await sender.close();
    },
  };
}
