import type { IncomingMessage } from "node:http";
import { bearerOf, type TokenAuthenticator } from "#lib/access/bearer.ts";
import { type Deed, may, type Token } from "#lib/model/access.ts";
import { forbidden, refusal, refusalOf, tooMany, unauthorized } from "../api-answers.ts";
import { type Memory, once } from "../idempotency.ts";
import type { Answer } from "./answer.ts";
import type { Call, Handle } from "./route.ts";

/** A call from the holder of a token. */
export interface TokenCall extends Call {
  readonly token: Token;
}

/** Lets through who has a token that allows `deed`. */
export function bearer<C extends Call>(
  authenticator: TokenAuthenticator,
  deed: Deed,
  next: Handle<C & TokenCall>,
): Handle<C> {
  return async (call) => {
    const asked = await authenticator.ask(bearerOf(call.request), call.request.socket.remoteAddress);
    if (!("token" in asked)) return asked.kind === "too-many" ? tooMany(asked.seconds) : unauthorized(asked.kind);
    return may(asked.token.role, deed) ? await next({ ...call, token: asked.token }) : forbidden(asked.token);
  };
}

/** Answers in the form of the API also where it is no fault of ours, such as that the database is away. */
export function refusing<C extends Call>(next: Handle<C>): Handle<C> {
  return (call) => next(call).catch(refusalOf);
}

/** A call with a body of JSON. */
export interface JsonCall extends Call {
  readonly body: unknown;
  /** The same as it was sent. */
  readonly text: string;
}

const KB = 1_024;

/** Reads the body as JSON of so many bytes at most. */
export function jsonBody<C extends Call>(most: number, next: Handle<C & JsonCall>): Handle<C> {
  return async (call) => {
    const { headers } = call.request;
    const type = String(headers["content-type"] ?? "").toLowerCase();
    if (!/^application\/json *(?:; *charset="?utf-8"? *)?$/.test(type) || headers["content-encoding"]) {
      const message = "The body is not declared as plain JSON.";
      return refusal(415, "content-type", message, "Send it with “Content-Type: application/json”.");
    }
    const bytes = await readBody(call.request, most);
    if (bytes === "too-large") {
      const message = `The body has more than ${(most / KB).toLocaleString("en")} KB.`;
      return refusal(413, "too-large", message, "Move logs elsewhere and link to them.");
    }
    const read = parsed(bytes);
    return read
      ? await next({ ...call, ...read })
      : refusal(400, "not-json", "The body is not JSON in UTF-8.", "Have a tool make it, such as jq.");
  };
}

function parsed(bytes: Buffer): Pick<JsonCall, "body" | "text"> | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { body: JSON.parse(text) as unknown, text };
  } catch {
    return undefined;
  }
}

/** A call with a form; without one it was none, or too large. */
export interface FormCall extends Call {
  readonly form: URLSearchParams | "too-large" | "no-form";
}

/** Reads the body as a form of so many bytes at most. What is wrong with it, the page says. */
export function formBody<C extends Call>(most: number, next: Handle<C & FormCall>): Handle<C> {
  return async (call) => await next({ ...call, form: await readForm(call.request, most) });
}

async function readForm(request: IncomingMessage, most: number): Promise<FormCall["form"]> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "")) return "no-form";
  const bytes = await readBody(request, most);
  return bytes === "too-large" ? bytes : new URLSearchParams(bytes.toString("utf8"));
}

/** Does what is asked once for a key that the caller has chosen: asked again, the first answer is given again. */
export function idempotent<C extends TokenCall & JsonCall>(
  memory: Memory,
  clock: () => number,
  next: Handle<C>,
): Handle<C> {
  return async (call) => {
    const key = call.request.headers["idempotency-key"];
    if (typeof key !== "string") return await next(call);
    if (key === "" || key.length > 200) {
      return refusal(400, "idempotency-key", "The Idempotency-Key is empty or too long.", "Use up to 200 characters.");
    }
    const what = { of: call.token.name, key, request: `${call.request.url}\n${call.text}` };
    const isDone = ({ status }: Answer) => status === 200 || status === 201;
    const done = await once(memory, what, clock(), () => next(call), isDone);
    switch (done.kind) {
      case "done":
        return done.isReplay
          ? { ...done.answer, headers: { ...done.answer.headers, "idempotent-replayed": "true" } }
          : done.answer;
      case "other-request": {
        const message = "This Idempotency-Key was used for another request.";
        return refusal(422, "idempotency-key", message, "Use a new key for each request that is to be done.");
      }
      case "unknown": {
        const message = "A request with this Idempotency-Key is being worked on, or was cut off by a failure.";
        return refusal(409, "idempotency-key", message, "Look whether it was done; if it was not, use a new key.");
      }
    }
  };
}

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

/** Whether a form was sent by a page of ours: browsers name the origin with every form (Fetch, section 3.2). */
export function isFromUs(request: IncomingMessage, siteUrl: string | undefined): boolean {
  const { origin, host } = request.headers;
  const sender = origin === undefined ? undefined : URL.parse(origin)?.host;
  if (sender === undefined) return false;
  return sender === host || (siteUrl !== undefined && sender === URL.parse(siteUrl)?.host);
}
