import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".gif": "image/gif",
  ".atom": "application/atom+xml",
  ".rss": "application/rss+xml",
  ".json": "application/json",
};

/** A host of static files such as there are many: files as they are, `index.html` for a folder, `404.html` for the rest. */
export interface StaticHost extends AsyncDisposable {
  /** Where the site begins, without a closing slash. */
  readonly url: string;
}

/** Serves a folder under a path; anything beside that path is not there. */
export async function hostFiles(folder: string, base = ""): Promise<StaticHost> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const isOurs = path === base || path.startsWith(`${base}/`);
    let file = join(folder, normalize(path.slice(base.length)));
    if (isOurs && existsSync(file) && statSync(file).isDirectory()) {
      if (!path.endsWith("/")) {
        response.writeHead(301, { location: `${encodeURI(path)}/` }).end();
        return;
      }
      file = join(file, "index.html");
    }
    const isThere = isOurs && existsSync(file);
    const shown = isThere ? file : join(folder, "404.html");
    response.writeHead(isThere ? 200 : 404, { "content-type": TYPES[extname(shown)] ?? "application/octet-stream" });
    createReadStream(shown).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
