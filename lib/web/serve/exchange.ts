import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { failureKind } from "#lib/model/failure.ts";
import { COMMON_HEADERS } from "./headers.ts";

/** What is answered to a request that writes, or that asks for what is nobody else's to see: never kept by anyone. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Takes the requests that are its own; the others go on to the next, and in the end to the pages. */
export type RequestHandler = (request: IncomingMessage) => Promise<Answer> | undefined;

/** The bytes of a request's body; `too-large` without reading on once there are more than `most`. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | "too-large"> {
  if (Number(request.headers["content-length"] ?? 0) > most) return "too-large";
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) return "too-large";
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Lets each handler take what is its own, and passes the rest on. */
export function handleInTurn(
  handlers: readonly RequestHandler[],
  rest: RequestListener,
  onError: (error: unknown, path: string) => void,
): RequestListener {
  return (request, response) => {
    for (const handler of handlers) {
      const taken = handler(request);
      if (!taken) continue;
      taken.then(
        (answer) => respond(request, response, answer),
        (error: unknown) => {
          // Whoever goes away in the middle of a form is told nothing, and is no fault to be noted.
          if (!request.complete && request.destroyed) return;
          onError(error, request.url ?? "");
          respond(request, response, answerTo(error));
        },
      );
      return;
    }
    rest(request, response);
  };
}

/** What is said to somebody whose request failed: why, where that is known to pass. */
function answerTo(error: unknown): Answer {
  const { status = 500, remedy } = failureKind(error)?.answer ?? {};
  const body = remedy === undefined ? "Something went wrong on our side." : `${(error as Error).message} ${remedy}`;
  return { status, headers: TEXT, body: `${body}\n` };
}

const TEXT = { "content-type": "text/plain; charset=utf-8" };

/** Sends an answer. What is left of a body that was not read ends the connection rather than holding it up. */
function respond(request: IncomingMessage, response: ServerResponse, { status, headers, body }: Answer): void {
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
