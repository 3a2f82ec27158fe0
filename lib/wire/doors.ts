import type { Door } from "#lib/serve/exchange.ts";
import { Doorkeeper } from "./bearer.ts";
import type { Environment } from "./environment.ts";
import { Clerk } from "./on-behalf.ts";
import { operatorDoor } from "./operator/door.ts";
import { writeApi } from "./write-api.ts";

/** The ways in for those who may write: they share one queue, so that no two of their changes meet. */
export function writingDoors(environment: Environment, clock: () => number = Date.now): Door[] {
  const clerk = new Clerk(environment, clock);
  const doorkeeper = new Doorkeeper(environment.data, clock);
  const office = { environment, clerk, doorkeeper, clock };
  return [writeApi(office), operatorDoor(office)];
}
