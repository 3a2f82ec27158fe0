import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openSeals } from "#lib/store/queue.ts";
import { openWave, releaseSeals } from "#lib/store/waves.ts";
import { said } from "#tests/notices/world.ts";
import { folderWith } from "../wire/content-folder.ts";
import { ByteReceiver } from "./byte-receiver.ts";
import { openFleet } from "./fleet.ts";

const HANGING = 300;
const HEALTHY = 20;

test("a host that hangs with three hundred receivers keeps none of another host's from being told", async () => {
  await using mail = await new ByteReceiver().listen();
  await using healthy = await new ByteReceiver().listen();
  await using hanging = await new ByteReceiver().listen();
  hanging.mode = "hang";
  const hookUrls = [...Array.from({ length: HANGING / HEALTHY }, () => hanging.httpUrl), healthy.httpUrl];
  const environment = { port: 0, host: "127.0.0.1", content: folderWith({}), data: folderWith({}) };
  // Half of them are told by mail.
  const subscribers = 2 * (HANGING + HEALTHY);
  await using fleet = await openFleet(environment, { workers: 1, subscribers, smtpUrl: mail.smtpUrl, hookUrls });
  const { office } = fleet;
  const now = new Date().toISOString();
  await office.publish({ event: said(`${now} investigating We look into it.`) }, now);
  // All at once: that the first waves, most of which hang, hold up the others is another rule.
  for (const _ of [0, 1]) for (const seal of await openSeals(office.database)) await openWave(office.database, seal);
  while (healthy.whole < HEALTHY) {
    // So many that nobody knows of stop a notice; an operator lets it go on.
    await releaseSeals(office.database, "stopped", { by: "the operator", at: Date.now() });
    await sleep(50);
  }
  const arrivals = [...healthy.arrivals.values()];
  expect(arrivals.map(({ length }) => length)).toEqual(Array.from({ length: HEALTHY }, () => 1));
  const hung = [...hanging.arrivals.values()].flat();
  expect(hung.length).toBeGreaterThan(0);
  expect(hung.filter(({ answered }) => answered !== undefined)).toEqual([]);
});
