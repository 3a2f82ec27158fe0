import { createECDH } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import webPush from "web-push";
import { channels } from "#lib/delivery/channels/channels.ts";
import { openIncoming } from "#lib/delivery/channels/chat/incoming.ts";
import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import type { Transport } from "#lib/delivery/channels/transport.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { openWebPush } from "#lib/delivery/channels/webpush.ts";
import type { Answer, Message } from "#lib/model/delivery.ts";
import { CHANNELS, type ChannelName } from "#lib/model/subscription.ts";
import { noticeOf, recipientOf } from "#tests/channels/notice.ts";
import { ByteReceiver, type Mode } from "#tests/delivery/byte-receiver.ts";
import { casesOf } from "#tests/soak.ts";

/** Every channel: what it sends with, and how many of its messages may be under way at a time. */
const AT_ONCE: Readonly<Record<ChannelName, number>> = {
  email: 5,
  webhook: 16,
  slack: 16,
  discord: 16,
  teams: 16,
  webpush: 16,
};

/** Far more than may be under way. */
const MANY = 60;

const vapid = { subject: "mailto:operator@example.com", ...webPush.generateVAPIDKeys() };
const browser = createECDH("prime256v1");
browser.generateKeys();
const keys = { p256dh: browser.getPublicKey("base64url"), auth: Buffer.from("sixteen bytes ok").toString("base64url") };

/** A clock that the test moves. */
interface Clock {
  readonly now: () => number;
  ahead: number;
}

interface Sending {
  readonly receiver: ByteReceiver;
  readonly transport: Transport;
  readonly hold: AbortController;
  readonly stop: AbortController;
}

/** What happens while messages are under way and others wait. */
const EVENTS: Readonly<Record<string, (sending: Sending) => void>> = {
  "a halt": ({ hold, stop }) => {
    hold.abort();
    stop.abort();
  },
  // An automatic stop, and the beginning of a shutdown: what has left is waited for.
  "a stop": ({ hold, receiver }) => {
    hold.abort();
    receiver.letGo();
  },
  "a shutdown": ({ transport }) => void transport.close(),
  "nothing but time": () => undefined,
};

const MODES: readonly Mode[] = ["hang", "slow"];

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

function transportOf(name: ChannelName, { smtpUrl }: ByteReceiver, timeoutMs: number, { now }: Clock): Transport {
  if (name === "email") {
    const from = () => ({ name: "Example Cloud", address: "notices@status.example.com" });
    const email = openEmail({ smtpUrl, folder: "unused", from, timeoutMs, now });
    closers.push(() => email.close());
    return email;
  }
  const sender = new HttpSender({ allowPrivateTargets: true, timeoutMs, waitMs: timeoutMs / 2, now });
  closers.push(() => sender.close());
  const by = { webhook: openWebhook, webpush: openWebPush, chat: openIncoming };
  const send =
    name === "webhook"
      ? by.webhook(sender, now).send
      : name === "webpush"
        ? by.webpush(sender, vapid, now).send
        : by.chat(sender, now).send;
  return { send, close: () => sender.close() };
}

function messageTo(name: ChannelName, { httpUrl }: ByteReceiver, n: number | string): Message {
  const url = `${httpUrl}/m${n}`;
  const address =
    name === "email" ? `m${n}@example.org` : name === "webpush" ? JSON.stringify({ endpoint: url, keys }) : url;
  const channel = channels[name];
  return channel.compose(channel.render(noticeOf("incident_updated")), recipientOf(name, address, 1), `delivery${n}`);
}

/** Holds what was recorded of each attempt against the bytes that came. */
function judge(receiver: ByteReceiver, answers: readonly Answer[]): void {
  const wrong = answers.flatMap(({ outcome, detail }, n) => {
    const came = receiver.arrivals.get(`m${n}`) ?? [];
    const whole = came.filter(({ to }) => to !== undefined).length;
    const isRight =
      (outcome === "accepted" && whole === 1 && came.length === 1) ||
      (outcome === "unknown" && came.length <= 1) ||
      // A mail without its end is none: a part of one may have come of what is tried again, but not of what was not tried.
      (outcome === "deferred" && whole === 0) ||
      (outcome === "unsent" && came.length === 0);
    return isRight ? [] : [`m${n} is ${outcome} (${detail}) and came ${came.length} times, ${whole} of them whole`];
  });
  expect(wrong).toEqual([]);
}

const CASES = CHANNELS.flatMap((name) =>
  Object.keys(EVENTS).flatMap((event) => MODES.map((mode) => [name, event, mode] as const)),
);

/** A mail and a webhook in every way; what sends to one chat sends to each, and the rest is the same to all of HTTP. */
const FEW = CASES.filter(
  ([name, event, mode]) =>
    ["email", "webhook"].includes(name) ||
    (["slack", "webpush"].includes(name) && mode === "hang" && event === "a halt"),
);

describe("of what was not sent by its channel's own word, no byte arrives", () => {
  test.each(casesOf("ways to interrupt a channel", FEW, CASES))(
    "by %s, at %s, with a receiver that is %s",
    async (name, event, mode) => {
      const receiver = await new ByteReceiver().listen();
      closers.push(() => receiver[Symbol.asyncDispose]());
      receiver.mode = mode;
      const clock: Clock = { ahead: 0, now: () => Date.now() + clock.ahead };
      const transport = transportOf(name, receiver, event === "nothing but time" ? 600 : 20_000, clock);
      const [hold, stop] = [new AbortController(), new AbortController()];
      const sending = Array.from({ length: MANY }, (_, n) =>
        transport.send(messageTo(name, receiver, n), hold.signal, stop.signal),
      );
      await receiver.seen(AT_ONCE[name]);
      EVENTS[event]?.({ receiver, transport, hold, stop });
      const answers = await Promise.all(sending);
      judge(receiver, answers);
      if (event === "a halt") expect(answers.some(({ outcome }) => outcome === "unsent")).toBe(true);
      // Whatever a library kept would leave now, late as it is, and before these: each of them takes its turn.
      clock.ahead = 3_600_000;
      receiver.letGo();
      if (event !== "a shutdown") {
        for (let n = 0; n < 3 * MANY; n += MANY / 3) {
          const later = Array.from({ length: MANY / 3 }, (_, each) => {
            const message = messageTo(name, receiver, `later${n + each}`);
            return transport.send(message, new AbortController().signal);
          });
          expect((await Promise.all(later)).map(({ outcome }) => outcome)).toContain("accepted");
        }
      }
      judge(receiver, answers);
    },
  );
});
