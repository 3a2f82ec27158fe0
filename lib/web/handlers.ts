import { Doorkeeper } from "#lib/access/bearer.ts";
import { Clerk } from "#lib/content/folder/on-behalf.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { operatorDoor } from "./operator/door.ts";
import type { Door } from "./serve/exchange.ts";
import { writeApi } from "./write-api.ts";

/** The ways in for those who may write: they share one queue, so that no two of their changes meet. */
export function writingDoors(environment: Environment, clock: () => number = Date.now): Door[] {
  const clerk = new Clerk(environment, clock);
  const doorkeeper = new Doorkeeper(environment.data, clock);
  const office = { environment, clerk, doorkeeper, clock };
  return [writeApi(office), operatorDoor(office)];
}
