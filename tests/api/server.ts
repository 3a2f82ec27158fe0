import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { compile } from "#lib/site/compile/compile.ts";
import { interfaceAt, interfacePaths, interfaceQuery } from "#lib/web/machine-endpoints.ts";
import { front } from "#lib/web/serve/front.ts";
import { contentOf, NOW } from "../render/site.ts";

export type Files = Readonly<Record<string, string>>;

/** What programs see of a site, over HTTP; pages, which need the framework, it has none. */
export interface Served {
  readonly url: string;
  /** Shows other files from now on. */
  show(files: Files): void;
  /** Every address with something for programs. */
  paths(): string[];
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  json(path: string): Promise<Record<string, unknown>>;
}

export async function served(files: Files, options: { site?: string; now?: number } = {}): Promise<Served> {
  const now = options.now ?? NOW;
  const sourceOf = (shown: Files) => {
    const content = contentOf(shown, options);
    return { content, site: compile(content, now) };
  };
  let source = sourceOf(files);
  let stamp = 1;
  const listener = front({
    render: (_request, response) => response.writeHead(404, { "content-type": "text/html" }).end("<p>No page</p>"),
    stamp: () => String(stamp),
    find(path) {
      if (/^\/incidents\/[^/.]+$/.test(path)) return { kind: "page" };
      const make = interfaceAt(source.site, path);
      return make && { kind: "made", make: (query) => make(source, new URLSearchParams(query)) };
    },
    query: (path, query) => interfaceQuery(source.site, path, query),
    onError(error) {
      throw error;
    },
  });
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const get: Served["get"] = (path, headers = {}) => fetch(url + path, { headers, redirect: "manual" });
  return {
    url,
    get,
    paths: () => interfacePaths(source.site),
    show(next) {
      source = sourceOf(next);
      stamp += 1;
    },
    json: async (path) => (await get(path)).json() as Promise<Record<string, unknown>>,
  };
}
