import { atom } from "#lib/render/feed-xml.ts";
import { reader } from "#lib/wire/reader.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return new Response(atom(reader().site()), { headers: { "content-type": "application/atom+xml; charset=utf-8" } });
}
