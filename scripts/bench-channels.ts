import { fork } from "node:child_process";
import { once } from "node:events";
import { createTransport } from "nodemailer";
import { Agent } from "undici";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { Mail } from "#lib/delivery/channels/email/mail.ts";
import { openEmail } from "#lib/delivery/channels/email/transport.ts";
import { HttpSender } from "#lib/delivery/channels/http/sender.ts";
import { openWebhook } from "#lib/delivery/channels/webhook/webhook.ts";
import { noticeOf, recipientOf } from "#tests/channels/notice.ts";
import { rateOf } from "./bench/rate.ts";

/**
 * `npm run bench -- channels`: how fast mails and webhooks leave, held against the bare libraries in the same run
 * and against the same receivers. The ratio is the figure; the rates depend on the machine.
 */
const ROUNDS = 4;
const MAILS = 1500;
const POSTS = 10_000;

const receivers = fork(new URL("./bench/receivers.ts", import.meta.url));
const [ports] = (await once(receivers, "message")) as [{ smtp: number; http: number }];
try {
  await compareMail();
  await compareWebhooks();
} finally {
  receivers.disconnect();
}

async function compare(
  what: string,
  wanted: number,
  bare: () => Promise<number>,
  ours: () => Promise<number>,
): Promise<void> {
  const rates: [number, number][] = [];
  await bare();
  await ours();
  for (let round = 0; round < ROUNDS; round += 1) rates.push([await bare(), await ours()]);
  const best = (of: 0 | 1) => Math.max(...rates.map((pair) => pair[of]));
  const [theirs, own] = [best(0), best(1)];
  process.stdout.write(
    `${what}: ${own.toFixed(0)} a second, the bare library ${theirs.toFixed(0)}: ${((own / theirs) * 100).toFixed(0)} % (at least ${wanted} %)\n`,
  );
}

async function compareMail(): Promise<void> {
  const pool = createTransport({ host: "127.0.0.1", port: ports.smtp, pool: true, maxConnections: 5 });
  const from = { name: "Example Cloud", address: "notices@status.example.com" };
  const transport = openEmail({
    smtpUrl: `smtp://127.0.0.1:${ports.smtp}`,
    folder: "unused",
    from: () => from,
    now: Date.now,
  });
  const rendering = channels.email.render(noticeOf("incident_updated"));
  const compose = (n: number) =>
    channels.email.compose(rendering, recipientOf("email", `customer${n}@example.org`, n), `delivery${n}`);
  const { html, subject, text } = JSON.parse(compose(0).body) as Mail;
  await compare(
    "E-mail",
    70,
    () => rateOf(MAILS, 50, (n) => pool.sendMail({ from, to: `customer${n}@example.org`, subject, text, html })),
    () => rateOf(MAILS, 50, async (n) => accepted(await transport.send(compose(n), new AbortController().signal))),
  );
  pool.close();
  await transport.close();
}

async function compareWebhooks(): Promise<void> {
  const url = `http://127.0.0.1:${ports.http}/hook`;
  const agent = new Agent({ connections: 16, pipelining: 1 });
  const sender = new HttpSender({ allowPrivateTargets: true, now: Date.now });
  const transport = openWebhook(sender, Date.now);
  const rendering = channels.webhook.render(noticeOf("incident_updated"));
  const compose = (n: number) => channels.webhook.compose(rendering, recipientOf("webhook", url), `delivery${n}`);
  const payload = compose(0).body.split("\n")[1] ?? "";
  await compare(
    "Webhooks",
    40,
    () =>
      rateOf(POSTS, 64, async () => {
        const { body } = await agent.request({
          origin: new URL(url).origin,
          path: "/hook",
          method: "POST",
          headers: { "content-type": "application/json" },
          body: payload,
        });
        await body.dump();
      }),
    () => rateOf(POSTS, 64, async (n) => accepted(await transport.send(compose(n), new AbortController().signal))),
  );
  await agent.close();
  await sender.close();
}

function accepted({ detail, outcome }: { outcome: string; detail: string }): void {
  if (outcome !== "accepted") throw new Error(`${outcome}: ${detail}`);
}
