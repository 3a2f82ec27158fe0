import { readFileSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { join } from "node:path";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import inject from "light-my-request";
import { COMMON_HEADERS } from "../headers.ts";
import { annotate, OWN } from "./annotate.ts";
import type { PageNotes } from "./notes.ts";

export interface PreviewOptions {
  /** What answers readers: the very pages that are shown here too. */
  readonly front: RequestListener;
  /** What a writer is told on the page at a path. */
  readonly notes: (path: string) => PageNotes;
  readonly version: () => string;
  /** The text of a file of the content folder, if it is one. */
  readonly source: (file: string) => string | undefined;
  readonly onError: (error: unknown, path: string) => void;
}

export interface PreviewFront {
  readonly listener: RequestListener;
  /** Tells every page that is open to show itself anew. */
  tell(): void;
  close(): void;
}

/** Files of the preview alone: no server that faces readers, and no export, knows them. */
const FILES: Readonly<Record<string, string>> = {
  "live.js": "text/javascript; charset=utf-8",
  "preview.css": "text/css; charset=utf-8",
};

const HEADERS = { ...COMMON_HEADERS, "cache-control": "no-store" };

/** Shows readers' pages to a writer, with notes. Answers nobody but this machine. */
export function previewFront(options: PreviewOptions): PreviewFront {
  const listening = new Set<ServerResponse>();
  return {
    listener: (request, response) => {
      answer(request, response, options, listening).catch((error: unknown) => {
        options.onError(error, request.url ?? "");
        if (!response.headersSent) response.writeHead(500, { ...HEADERS, "content-type": "text/plain" });
        response.end("The preview failed at this page; the terminal says why.\n");
      });
    },
    tell() {
      for (const response of listening) sendVersion(response, options.version());
    },
    close() {
      for (const response of listening) response.end();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: PreviewOptions,
  listening: Set<ServerResponse>,
): Promise<void> {
  // A page of another site can make its own name mean this machine; it cannot make its name be one of these.
  if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(request.headers.host ?? "")) {
    response.writeHead(403, HEADERS).end();
    return;
  }
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  if (path.startsWith(`${OWN}/`)) return answerOwn(path.slice(OWN.length + 1), response, options, listening);
  const made = await inject(options.front, { method: "GET", url: request.url ?? "/", headers: { host: "localhost" } });
  const { "content-length": _length, etag: _etag, ...headers } = made.headers;
  const isPage = String(headers["content-type"]).startsWith("text/html");
  const body = isPage ? annotate(made.payload, options.notes(decodeURIComponent(path))) : made.rawPayload;
  response.writeHead(made.statusCode, { ...headers, "cache-control": "no-store" });
  response.end(body);
}

function answerOwn(
  name: string,
  response: ServerResponse,
  { version, source }: PreviewOptions,
  listening: Set<ServerResponse>,
): void {
  if (name === "changes") {
    response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    response.write("retry: 500\n");
    sendVersion(response, version());
    listening.add(response);
    response.on("close", () => listening.delete(response));
    return;
  }
  const type = FILES[name];
  if (type !== undefined) {
    response.writeHead(200, { ...HEADERS, "content-type": type });
    response.end(readFileSync(join(import.meta.dirname, name)));
    return;
  }
  const file = /^source\/(.+)$/.exec(decodeURIComponent(name))?.[1];
  const text = file === undefined ? undefined : source(file);
  if (file === undefined || text === undefined) {
    response
      .writeHead(404, { ...HEADERS, "content-type": "text/plain; charset=utf-8" })
      .end("There is no such file.\n");
    return;
  }
  response.writeHead(200, { ...HEADERS, "content-type": "text/html; charset=utf-8" });
  response.end(sourcePage(file, text, version()));
}

function sendVersion(response: ServerResponse, version: string): void {
  response.write(`event: version\ndata: ${version}\n\n`);
}

/** A file as it is written, each line with its number and an address. */
function sourcePage(file: string, text: string, version: string): string {
  const lines = text.split("\n").map((line, index) => h("li", { id: `L${index + 1}` }, h("code", line || " ")));
  return toHtml([
    { type: "doctype" },
    h("html", { lang: "en" }, [
      h("head", [
        h("meta", { charSet: "utf-8" }),
        h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
        h("title", file),
        h("link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }),
        h("link", { rel: "stylesheet", href: `${OWN}/preview.css` }),
        h("script", { src: `${OWN}/live.js`, dataVersion: version }),
      ]),
      h("body", { className: ["preview-source"] }, [h("h1", file), h("ol", lines)]),
    ]),
  ]);
}
