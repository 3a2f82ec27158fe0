import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { readEnvironment } from "#lib/wire/environment.ts";
import { openLive } from "#lib/wire/live/open-live.ts";
import { followStore } from "#lib/wire/live-reader.ts";
import { openStore } from "#lib/wire/vault.ts";

/** A process that answers `/live` as the server does, without its pages. */
const environment = readEnvironment();
const { database } = await openStore(environment);
const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`);
const live = await openLive(database, { data: environment.data, clock: Date.now, onError });
await followStore(openSnapshots(database), { clock: Date.now, onError, onRound: live.round });
const server = createServer((request, response) => live.take(request, response) || response.writeHead(404).end());
server.listen(environment.port, "127.0.0.1", 2_048, () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
