import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openStore } from "#lib/access/open-vault.ts";
import { readEnvironment } from "#lib/settings/environment.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { openLive } from "#lib/web/live/open-live.ts";
import { followStore } from "#lib/web/live-reader.ts";

/** A process that answers `/live` as the server does, without its pages. */
const environment = readEnvironment();
const { database } = await openStore(environment);
const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`);
const live = await openLive(database, { data: environment.data, clock: Date.now, onError });
await followStore(openSnapshots(database), { clock: Date.now, onError, onRound: live.round });
const server = createServer(live.take);
server.listen(environment.port, "127.0.0.1", 2_048, () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
