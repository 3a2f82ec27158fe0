import inject from "light-my-request";
import { describe, expect, it } from "vitest";
import type { PageNotes } from "#lib/web/serve/preview/notes.ts";
import { previewFront } from "#lib/web/serve/preview/preview-front.ts";

const PAGE = `<!DOCTYPE html><html lang="en"><head><title>A</title></head><body><main><article><h1>A</h1><a href="/incidents/d">D</a></article></main></body></html>`;

function ask(
  path: string,
  headers: Record<string, string> = { host: "localhost:3000" },
  notes: Partial<PageNotes> = {},
) {
  const { listener } = previewFront({
    front: (request, response) => {
      const isFeed = request.url === "/feed.json";
      response.setHeader("etag", '"x"');
      response.setHeader("content-type", isFeed ? "application/feed+json" : "text/html; charset=utf-8");
      response.end(isFeed ? "{}" : PAGE);
    },
    notes: () => ({ version: "7", problems: [], drafts: new Set(["/incidents/d"]), ...notes }),
    version: () => "7",
    source: (file) => (file === "a b.md" ? "one\n<two>" : undefined),
    onError: (error) => {
      throw error;
    },
  });
  return inject(listener, { method: "GET", url: path, headers });
}

describe("the preview's server", () => {
  it("puts notes into pages, lets everything else through, and has nothing kept", async () => {
    const page = await ask("/");
    expect(page.payload).toContain('<script src="/_preview/live.js" data-version="7"></script>');
    expect(page.payload).toMatch(/<a href="\/incidents\/d">D<\/a> <span class="[^"]*preview-draft">Draft<\/span>/);
    expect(page.headers).toMatchObject({ "cache-control": "no-store" });
    expect(page.headers.etag).toBeUndefined();
    expect((await ask("/feed.json")).payload).toBe("{}");
  });

  it.each(["rebound.example", "rebound.example:3000", "localhost.rebound.example", "127.0.0.1.rebound.example"])(
    "answers nobody who calls it %s",
    async (host) => {
      const answer = await ask("/", { host });
      expect([answer.statusCode, answer.payload]).toEqual([403, ""]);
    },
  );

  it("shows a file of the folder as text, and nothing else of the disk", async () => {
    const source = await ask("/_preview/source/a%20b.md");
    expect(source.payload).toContain('<li id="L2"><code>&#x3C;two></code></li>');
    for (const path of ["/_preview/source/..%2f..%2fetc%2fpasswd", "/_preview/notes.ts", "/_preview/"]) {
      expect((await ask(path)).statusCode, path).toBe(404);
    }
  });

  it("writes what authors wrote as text, never as HTML", async () => {
    const place = { file: "<b>.md", line: 1, column: 1 };
    const problem = {
      rule: "r",
      severity: "error",
      place,
      message: "<img src=x>",
      remedy: "<script>x</script>",
    } as const;
    const notice = { update: "u", subject: "<b>", text: "<i>", chat: "<u>" };
    const here = { file: "<b>.md", hasErrors: true, isDrawn: true, isDraft: true, notices: [notice] };
    const { payload } = await ask("/", undefined, {
      problems: [{ ...problem, page: "/x" }],
      here: { ...here, problems: [{ ...problem, spot: { at: "report", block: 3 } }] },
    });
    expect(payload).not.toMatch(/<(?:img|b|i|u)>|<img|<script>/);
    expect(payload).toContain("&#x3C;img src=x>");
  });
});
