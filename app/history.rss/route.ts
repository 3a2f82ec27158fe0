import { rss } from "#lib/render/feed-xml.ts";
import { reader } from "#lib/wire/reader.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(rss(reader().site()), { headers: { "content-type": "application/rss+xml; charset=utf-8" } });
}
