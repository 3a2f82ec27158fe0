import { TokenAuthenticator } from "#lib/access/bearer.ts";
import { ContentWriter } from "#lib/content/folder/content-writer.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { OpenRoutes } from "./open-front.ts";
import { operatorRoutes } from "./operator/routes.ts";
import { writeRoutes } from "./write-api.ts";

/** The routes of those who may write: they share one queue, so that no two of their changes meet. */
export function writingRoutes(environment: Environment, clock: () => number = Date.now): readonly OpenRoutes[] {
  const writer = new ContentWriter(environment, clock);
  const authenticator = new TokenAuthenticator(environment.data, clock);
  const app = { environment, writer, authenticator, clock };
  return [() => writeRoutes(app), operatorRoutes(app)];
}
