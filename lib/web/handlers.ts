import { TokenAuthenticator } from "#lib/access/bearer.ts";
import { ContentWriter } from "#lib/content/folder/content-writer.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { OpenHandler } from "./open-front.ts";
import { operatorHandler } from "./operator/handler.ts";
import { writeApi } from "./write-api.ts";

/** The ways in for those who may write: they share one queue, so that no two of their changes meet. */
export function writingHandlers(environment: Environment, clock: () => number = Date.now): OpenHandler[] {
  const writer = new ContentWriter(environment, clock);
  const authenticator = new TokenAuthenticator(environment.data, clock);
  const app = { environment, writer, authenticator, clock };
  return [() => writeApi(app), operatorHandler(app)];
}
