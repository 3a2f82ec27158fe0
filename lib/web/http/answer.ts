import type { IncomingMessage, ServerResponse } from "node:http";
import { COMMON_HEADERS } from "../serve/headers.ts";

/** What is answered to a request that writes, or that asks for what is nobody else's to see: never kept by anyone. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends an answer. What is left of a body that was not read ends the connection rather than holding it up. */
export function respond(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
  const isRead = request.readableEnded || request.complete;
  response.writeHead(status, {
    ...COMMON_HEADERS,
    "cache-control": "no-store",
    ...headers,
    ...(isRead || !hasBody(request) ? {} : { connection: "close" }),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}
