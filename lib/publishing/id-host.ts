import { idHost } from "#lib/content/ids/api-ids.ts";
import type { Content } from "#lib/model/site.ts";
import type { Before } from "./preliminary.ts";

/**
 * The content with the host that ids end in: the one they ended in when it was published last, so that a site that moves
 * to another address does not give feeds and calendars everything anew. What `former_ids` names comes first.
 */
export function withIdHost(content: Content, before: Before | undefined): Content {
  const { config } = content;
  const host = before && idHost(before.content.config);
  if (host === undefined || config.formerIds?.host !== undefined || host === idHost(config)) return content;
  return { ...content, config: { ...config, formerIds: { ...config.formerIds, host } } };
}
