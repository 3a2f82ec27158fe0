import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Evidence } from "./evidence.ts";
import { finish } from "./finish.ts";
import { type HttpReceiver, openHttpReceiver } from "./http-receiver.ts";
import { openMailReceiver } from "./mail-receiver.ts";
import { addressOf, channelName, receivedAt } from "./people.ts";
import type { Plan } from "./plan.ts";
import { Product } from "./product.ts";
import { GOOD, type Log } from "./receipt.ts";
import { act, World } from "./world.ts";

/** Plays a world from its beginning to its end, with real processes and real receivers. @returns what it left behind */
export async function play(plan: Plan, { databaseUrl }: { readonly databaseUrl?: string }): Promise<Evidence> {
  const folder = mkdtempSync(join(tmpdir(), "candor-oracle-"));
  const log: Log = [];
  const came = new Map<string, number>();
  let isOver = false;
  const habits = new Map<string, Plan["people"][number]["habit"]>();
  const behaviourOf = (address: string) => {
    const times = came.get(address) ?? 0;
    came.set(address, times + 1);
    const habit = habits.get(address) ?? [GOOD];
    return isOver ? GOOD : (habit[Math.min(times, habit.length - 1)] ?? GOOD);
  };
  await using receivers = new AsyncDisposableStack();
  // biome-ignore lint/nursery/useDisposables: it is disposed of with the others.
  const mail = receivers.use(await openMailReceiver(log, behaviourOf));
  const servers: HttpReceiver[] = [];
  for (let n = 0; n < plan.hosts; n += 1) servers.push(receivers.use(await openHttpReceiver(log, behaviourOf)));
  const hosts = servers.map(({ url }) => url);
  for (const person of plan.people) habits.set(receivedAt(person, hosts), person.habit);
  const paths = { content: join(folder, "content"), data: join(folder, "data"), clockFile: join(folder, "clock") };
  mkdirSync(paths.data);
  writeFileSync(paths.clockFile, "0");
  const product = new Product({
    ...paths,
    variables: {
      CANDOR_SECRET: `the secret of world ${plan.seed} alone, long enough`,
      DATABASE_URL: databaseUrl ?? "",
      // Time passes by leaps here; a world with leaps that are wrong does not say so.
      ...(plan.isClockWatched ? {} : { CANDOR_CLOCK: "trust" }),
      SMTP_URL: `${mail.url}${plan.requireTls ? "?requireTLS=true" : ""}`,
    },
  });
  try {
    const world = new World(plan, product, log, paths.content, databaseUrl === undefined ? 1 : 3);
    world.folder.write();
    await product.must("publish", "--quiet", "--yes");
    await subscribe(plan, product, folder, hosts);
    await world.learnSubscriptions(hosts);
    await product.deliver(world.workers);
    for (const step of plan.steps) await act(world, step);
    isOver = true;
    return await finish(world, log, hosts);
  } finally {
    await product.end("SIGKILL");
    await sleep(0);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function subscribe({ people }: Plan, product: Product, folder: string, hosts: readonly string[]): Promise<void> {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const rows = people.map((person) => {
    const { channel, components, topics, least } = person;
    const cells = [channelName(channel), addressOf(person, hosts), components.join(";"), topics.join(";"), least];
    return cells.map(quoted).join(",");
  });
  const file = join(folder, "people.csv");
  writeFileSync(file, `${["channel,address,components,topics,least_impact", ...rows].join("\n")}\n`);
  await product.must("subscribers", "import", file);
}
