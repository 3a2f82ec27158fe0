import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import inject, { type Response } from "light-my-request";
import { messagesIn } from "#lib/messages/messages.ts";
import { withoutComments } from "./comments.ts";
import { COMMON_HEADERS, cacheControl, FILE_POLICY, OPEN_HEADERS } from "./headers.ts";
import { type Page, PageCache, pack, page } from "./page-cache.ts";
import { stripFramework } from "./strip.ts";
import { type Addresses, type GeneratedResponse, lookUp, type RouteMatch, type Target, targetOf } from "./target.ts";

export interface FrontOptions extends Addresses {
  /** The framework's own handler, which only ever sees requests made here. */
  readonly render: RequestListener;
  /** Changes whenever any page may have changed. */
  readonly stamp: () => string;
}

/** An address that no page has. What the framework answers there is shown wherever there is no page. */
const NOWHERE = { path: "/404", query: "" };

/**
 * Stands before the framework: makes each page once a stamp, takes the framework's script out of it, and answers with
 * strict headers, validators and compression. The first answer of a page goes the same way as every later one.
 */
export function front(options: FrontOptions): RequestListener {
  const cache = new PageCache();
  return (request, response) => {
    answer(request, response, options, cache).catch((error: unknown) => {
      options.onError(error, request.url ?? "");
      if (!response.headersSent)
        response.writeHead(500, { ...COMMON_HEADERS, "content-type": "text/plain; charset=utf-8" });
      response.end(`${WORDS.retry}\n`);
    });
  };
}

/** What is said when nothing is known of the site, its language neither. */
const { error: WORDS } = messagesIn("en");

/** Shown when a page cannot be made and no earlier copy of it is at hand; it needs nothing that could fail as well. */
const ERROR_PAGE = page(
  500,
  "text/html; charset=utf-8",
  Buffer.from(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${WORDS.title}</title><link rel="stylesheet" href="/assets/error.css"><link rel="icon" href="/favicon.svg" type="image/svg+xml"></head><body><main><h1>${WORDS.heading}</h1><p>${WORDS.about}</p><p><a href="/">${WORDS.state}</a> · <a href="/history.atom">${WORDS.feed}</a></p></main></body></html>`,
  ),
);

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: FrontOptions,
  cache: PageCache,
): Promise<void> {
  const target = targetOf(request, options);
  if (request.method === "OPTIONS" && target && isOpen(target.path, lookUp(target.path, options))) {
    response.writeHead(204, { ...COMMON_HEADERS, ...OPEN_HEADERS, ...PREFLIGHT }).end();
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    refuse(response, target, options, 405, "Only GET and HEAD are answered here");
    return;
  }
  if (!target) {
    refuse(response, undefined, options, 400, "Bad address.");
    return;
  }
  if (target.path === "/healthz") {
    response.writeHead(200, {
      ...COMMON_HEADERS,
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end("ok\n");
    return;
  }
  const there = lookUp(target.path, options);
  const open = isOpen(target.path, there);
  const leadsTo = there?.kind === "moved" ? there.to : target.redirect;
  if (leadsTo !== undefined) {
    const headers = {
      ...COMMON_HEADERS,
      ...(open ? OPEN_HEADERS : {}),
      location: leadsTo,
      "cache-control": "public, max-age=300",
    };
    response.writeHead(308, headers).end();
    return;
  }

  const found = there && (await pageAt(target, there, options, cache));
  // The framework leaves a page that turns out to be missing for its own script to draw, and refuses in words of its own.
  const isThere = found && (there.kind === "made" || found.status < 400 || found.status >= 500);
  const elsewhere = () => (isApi(target.path) ? NO_ANSWER : pageAt(NOWHERE, { kind: "page" }, options, cache));
  await send(request, response, target, isThere ? found : await elsewhere(), open);
}

/** Refuses a request for what it is, before anything is looked up: programs in their form, everybody else in words. */
function refuse(
  response: ServerResponse,
  target: Target | undefined,
  options: FrontOptions,
  status: number,
  error: string,
): void {
  const open = target !== undefined && isOpen(target.path, lookUp(target.path, options));
  response.writeHead(status, {
    ...COMMON_HEADERS,
    ...(open ? OPEN_HEADERS : {}),
    ...(status === 405 ? { allow: open ? PREFLIGHT.allow : "GET, HEAD" } : {}),
    "content-type": open ? "application/json; charset=utf-8" : "text/plain; charset=utf-8",
    "cache-control": "no-store",
  });
  if (open) response.end(`${JSON.stringify({ error })}\n`);
  else response.end(status === 405 ? undefined : `${error}\n`);
}

/** What a browser asks before a script of another origin may ask for anything unusual. */
const PREFLIGHT = {
  "access-control-allow-methods": "GET, HEAD, OPTIONS",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
  allow: "GET, HEAD, OPTIONS",
};

/** Below this, programs are answered as programs whatever they ask for. */
function isApi(path: string): boolean {
  return /^\/(?:api\/v2\/|incidents\/[^/]+\.json$)/.test(path);
}

function isOpen(path: string, there: RouteMatch | undefined): boolean {
  return there?.kind === "made" || isApi(path);
}

const refusal = (status: number, error: string) =>
  page(status, "application/json; charset=utf-8", Buffer.from(`${JSON.stringify({ error })}\n`));
const NO_ANSWER = refusal(404, "Not found");
const NO_ANSWER_NOW = refusal(500, "The fault is on our side. Please try again in a moment.");

/** The page of an address as it is now; when that cannot be made, as it was last. */
async function pageAt(
  target: Target | typeof NOWHERE,
  there: RouteMatch,
  options: FrontOptions,
  cache: PageCache,
): Promise<Page> {
  const address = target.path + target.query;
  const isMade = there.kind === "made";
  try {
    if (isMade && there.isFleeting) return await made(there.make(target.query));
    const isConstant = address.startsWith("/_next/static/") || address.startsWith("/files/");
    const key = isConstant ? address : `${options.stamp()} ${address}`;
    const make = isMade ? () => made(there.make(target.query)) : () => rendered(address, options.render);
    return await cache.get(key, address, make);
  } catch (error) {
    options.onError(error, address);
    return cache.last(address) ?? (isMade ? NO_ANSWER_NOW : ERROR_PAGE);
  }
}

async function made(making: GeneratedResponse | Promise<GeneratedResponse>): Promise<Page> {
  const { status = 200, type, body, policy, link } = await making;
  return {
    ...page(status, type, Buffer.from(body)),
    ...(policy === undefined ? {} : { policy }),
    ...(link === undefined ? {} : { link }),
  };
}

/**
 * A page as the framework makes it, without its runtime.
 * @param headers for the page alone; none of them comes from outside
 */
export async function rendered(
  address: string,
  render: RequestListener,
  headers: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const answer = await inject(render, {
    method: "GET",
    url: address,
    headers: { host: "localhost", accept: "text/html", ...headers },
  });
  const type = String(answer.headers["content-type"] ?? "application/octet-stream");
  const location = typeof answer.headers.location === "string" ? answer.headers.location : undefined;
  if (answer.statusCode >= 500) throw new Error(`The page answered ${answer.statusCode}`);
  return page(answer.statusCode, type, await bodyOf(type, answer), location);
}

/** What is too busy now is asked for again after so many seconds (RFC 9110, section 10.2.3). */
const BUSY_SECONDS = "5";

async function bodyOf(type: string, { payload, rawPayload }: Response): Promise<Buffer> {
  if (type.startsWith("text/html")) return Buffer.from(await stripFramework(payload));
  return /^(?:application|text)\/javascript/.test(type) ? Buffer.from(withoutComments(payload)) : rawPayload;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { path, hasForms }: Target,
  page: Page,
  isOpen: boolean,
): Promise<void> {
  const { body, coding } = await pack(page, String(request.headers["accept-encoding"] ?? ""));
  const etag = `"${page.etag}${coding ? `-${coding}` : ""}"`;
  const headers = {
    ...COMMON_HEADERS,
    ...(path.startsWith("/files/") && page.status === 200 ? { "content-security-policy": FILE_POLICY } : {}),
    ...(page.policy === undefined ? {} : { "content-security-policy": page.policy }),
    ...(isOpen ? OPEN_HEADERS : {}),
    "cache-control": cacheControl(path, page.status, page.type),
    vary: hasForms ? "Accept, Accept-Encoding" : "Accept-Encoding",
    etag,
    ...(page.location === undefined ? {} : { location: page.location }),
    ...(page.link === undefined ? {} : { link: page.link }),
    ...(page.status === 503 ? { "retry-after": BUSY_SECONDS } : {}),
  };
  if (page.status === 200 && isKnown(request.headers["if-none-match"], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(page.status, {
    ...headers,
    "content-type": page.type,
    "content-length": body.length,
    ...(coding ? { "content-encoding": coding } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Whether the reader has this very answer (RFC 9110, section 13.1.2, weak comparison). */
function isKnown(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  return header.split(",").some((part) => part.trim() === "*" || part.trim().replace(/^W\//, "") === etag);
}
