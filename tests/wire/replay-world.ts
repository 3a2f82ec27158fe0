import { createECDH } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { CHANNELS, type ChannelName } from "#lib/model/subscription.ts";
import { databaseOf, type Environment } from "#lib/settings/environment.ts";
import { openDatabase } from "#lib/store/database.ts";
import { SubscriptionStore } from "#lib/store/subscriptions.ts";
import { startDelivery } from "#lib/wire/deliver.ts";

/** A browser's keys for web push. */
const browser = createECDH("prime256v1");
browser.generateKeys();
const keys = { p256dh: browser.getPublicKey("base64url"), auth: Buffer.from("sixteen bytes ok").toString("base64url") };

/** A subscriber on every channel, with real receivers at the other ends. */
export interface ReplayWorld {
  /** Delivers all that is due. @returns how many messages have arrived since the last time, by channel */
  deliver(now: number): Promise<Partial<Record<ChannelName, number>>>;
}

export async function replayWorld(
  environment: Environment,
  now: number,
  components: readonly string[] = [],
): Promise<ReplayWorld> {
  const posted: ChannelName[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      posted.push(request.url?.slice(1) as ChannelName);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await subscribeEverywhere(environment, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, now, components);
  const mails = join(environment.data, "mail");
  let mailed = 0;
  return {
    async deliver(at) {
      const faults: unknown[] = [];
      const delivering = await startDelivery(environment, {
        clock: () => at,
        onError: (error) => faults.push(error),
        onAlarm: () => undefined,
        onTold: () => undefined,
      });
      await delivering.idle();
      await delivering.stop();
      if (faults.length > 0) throw faults[0];
      const letters = existsSync(mails) ? readdirSync(mails).filter((name) => name.endsWith(".eml")).length : 0;
      const arrived = Map.groupBy(posted.splice(0), (channel) => channel);
      const email = letters - mailed;
      mailed = letters;
      return {
        ...(email > 0 ? { email } : {}),
        ...Object.fromEntries([...arrived].map(([channel, { length }]) => [channel, length])),
      };
    },
  };
}

async function subscribeEverywhere(
  environment: Environment,
  url: string,
  now: number,
  components: readonly string[],
): Promise<void> {
  await using database = await openDatabase(databaseOf(environment));
  const vault = await vaultOf(database, await readSecrets(environment));
  const rows = CHANNELS.map((channel) => {
    const id = `subscription${channel}`;
    const address = addressOn(channel, `${url}/${channel}`);
    return {
      id,
      channel,
      subscriber: vault.pseudonym(channel, address),
      address: vault.lock(address, `address ${id}`),
      signingSecret: channel === "webhook" ? vault.lock("whsec_c2l4dGVlbiBieXRlcyBvaw==", `signing ${id}`) : null,
      interest: { components, topics: ["incidents", "maintenance", "reports"], leastImpact: "none" } as const,
      state: "active" as const,
      createdAt: now,
      confirmedAt: now,
      source: "form",
    };
  });
  await new SubscriptionStore(database).add(rows, now);
}

function addressOn(channel: ChannelName, url: string): string {
  if (channel === "email") return "ada@example.org";
  return channel === "webpush" ? JSON.stringify({ endpoint: url, keys }) : url;
}
