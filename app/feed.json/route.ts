import { jsonFeed } from "#lib/render/feed-json.ts";
import { reader } from "#lib/wire/reader.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(jsonFeed(reader().site()), {
    headers: { "content-type": "application/feed+json; charset=utf-8" },
  });
}
