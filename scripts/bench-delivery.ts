import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import { Agent } from "undici";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { Mail } from "#lib/delivery/channels/email/mail.ts";
import { noticeOf, recipientOf } from "#tests/channels/notice.ts";
import type { Order, Report } from "./bench/many.ts";
import { rateOf } from "./bench/rate.ts";

/**
 * `npm run bench -- delivery [most subscribers]`: how long it takes to seal, and how fast deliveries leave the queue, with
 * everything that belongs to one: taken, opened, held against its seal, sent, and its answer in the ledger, on the disk.
 * The bare libraries send the same to the same receivers. The ratios are the figures; rates depend on the machine.
 */
const most = Number(process.argv[2] ?? 1_000_000);
const ROUNDS = 2;
const HOSTS = 8;

const folder = mkdtempSync(join(tmpdir(), "candor-bench-"));
const receivers = await Promise.all(Array.from({ length: HOSTS }, startReceivers));
const smtp = receivers[0]?.ports.smtp ?? 0;
const http = receivers.map(({ ports }) => ports.http);
const figures: Record<string, number> = {};
const note = (what: string, value: number, unit: string, aim = "") => {
  figures[`${what} (${unit})`] = value;
  const shown = value.toLocaleString("en", { maximumFractionDigits: 1 });
  process.stdout.write(`${what.padEnd(62)} ${shown.padStart(9)} ${unit}${aim && `  (${aim})`}\n`);
};
let made = 0;
try {
  await compare("email", 4_000, "at least 70", bareMail);
  await compare("webhook", 20_000, "at least 40, or 5,000 a second", bareWebhooks);
  for (const subscribers of [20_000, 100_000, most]) {
    const { sealMs, rate, memoryMb } = await run({ channel: "webhook", subscribers, deliveries: 20_000 });
    const of = `of ${subscribers.toLocaleString("en")}`;
    note(`sealing ${of} deliveries, SQLite`, sealMs, "ms", subscribers === 100_000 ? "at most 3,000" : "");
    note(`webhooks from a queue ${of}`, rate, "/s", "not falling");
    note(`most memory of the process that sealed and sent ${of}`, memoryMb, "MB", "at most 400");
  }
} finally {
  for (const { child } of receivers) child.disconnect();
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync("artifacts", { recursive: true });
writeFileSync("artifacts/bench-delivery.json", `${JSON.stringify(figures, null, 2)}\n`);

async function startReceivers(): Promise<{ child: ChildProcess; ports: { smtp: number; http: number } }> {
  const child = fork(new URL("./bench/receivers.ts", import.meta.url));
  const [ports] = (await once(child, "message")) as [{ smtp: number; http: number }];
  return { child, ports };
}

async function run(wanted: Pick<Order, "channel" | "subscribers" | "deliveries">): Promise<Report> {
  made += 1;
  const order = { ...wanted, location: join(folder, `${made}.db`), smtp, http };
  await part({ ...order, part: "subscribe" });
  const report = await part({ ...order, part: "measure" });
  rmSync(order.location);
  return report as Report;
}

async function part(order: Order): Promise<Report | null> {
  // As “npm start” and the image start it.
  const child = fork(new URL("./bench/many.ts", import.meta.url), { execArgv: ["--max-semi-space-size=16"] });
  child.send(order);
  const gone = once(child, "exit");
  const [report] = (await Promise.race([
    once(child, "message"),
    gone.then(() => Promise.reject(new Error("The process that was measured did not come to its end."))),
  ])) as [Report | null];
  await gone;
  return report;
}

async function compare(
  channel: Order["channel"],
  count: number,
  aim: string,
  bare: (count: number) => Promise<number>,
): Promise<void> {
  const rates: [number, number][] = [];
  await bare(count / 5);
  for (let round = 0; round < ROUNDS; round += 1) {
    const theirs = await bare(count);
    rates.push([theirs, (await run({ channel, subscribers: count, deliveries: count })).rate]);
  }
  const best = (of: 0 | 1) => Math.max(...rates.map((pair) => pair[of]));
  note(`${channel}: the bare library`, best(0), "/s");
  note(`${channel}: through the queue`, best(1), "/s");
  note(`${channel}: ratio of the two`, (100 * best(1)) / best(0), "%", aim);
}

async function bareMail(count: number): Promise<number> {
  const pool = createTransport({ host: "127.0.0.1", port: smtp, pool: true, maxConnections: 5 });
  const message = channels.email.compose(
    channels.email.render(noticeOf("incident_updated")),
    recipientOf("email", "customer@example.org", 1),
    "delivery1",
  );
  const { html, subject, text } = JSON.parse(message.body) as Mail;
  const from = { name: "Example Cloud", address: "notices@status.example.com" };
  const rate = await rateOf(count, 20, (n) =>
    pool.sendMail({ from, to: `customer${n}@example.org`, subject, text, html }),
  );
  pool.close();
  return rate;
}

async function bareWebhooks(count: number): Promise<number> {
  const agent = new Agent({ connections: 16, pipelining: 1 });
  const message = channels.webhook.compose(
    channels.webhook.render(noticeOf("incident_updated")),
    recipientOf("webhook", "https://example.com/", 1),
    "delivery1",
  );
  const payload = message.body.split("\n")[1] ?? "";
  const headers = { "content-type": "application/json" };
  const rate = await rateOf(count, 256, async (n) => {
    const origin = `http://127.0.0.1:${http[n % http.length]}`;
    const { body } = await agent.request({ origin, path: `/${n}`, method: "POST", headers, body: payload });
    await body.dump();
  });
  await agent.close();
  return rate;
}
