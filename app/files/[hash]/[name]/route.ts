import { messagesIn } from "#lib/messages/messages.ts";
import { reader } from "#lib/web/reader.ts";

export const dynamic = "force-dynamic";

/** A picture that a published text shows. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ hash: string; name: string }> },
): Promise<Response> {
  const { hash } = await params;
  const image = await reader().image(hash);
  const { notFound } = messagesIn(reader().site().config.locale);
  if (!image) return new Response(`${notFound.picture}\n`, { status: 404 });
  return new Response(new Uint8Array(image.bytes), { headers: { "content-type": image.type } });
}
