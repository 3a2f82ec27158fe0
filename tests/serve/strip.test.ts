import { describe, expect, it } from "vitest";
import { localLinks, staticPage } from "#lib/web/serve/static-page.ts";
import { stripFramework } from "#lib/web/serve/strip.ts";

const page = (head: string, body: string) =>
  `<!DOCTYPE html><html lang="en"><head>${head}</head><body>${body}</body></html>`;

describe("taking the framework out of a page", () => {
  it("removes its scripts, its hints and its marks, and nothing else", async () => {
    const html = page(
      '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/a.js"/><link rel="stylesheet" href="/_next/static/a.css" data-precedence="next"/><script src="/_next/static/a.js" async=""></script><script src="/assets/candor.js" data-candor=""></script>',
      '<div hidden=""><!--$--><!--/$--></div><p>a<!-- -->b &lt;script&gt; 1 &lt; 2</p><script type="application/ld+json">{"a":"<b>"}</script><script>self.__next_f.push([1,"</p>"])</script><script>if (1<2) alert("</b>")</script>',
    );
    expect(await stripFramework(html)).toBe(
      page(
        '<link rel="stylesheet" href="/_next/static/a.css"><script src="/assets/candor.js"></script>',
        '<p>ab &lt;script&gt; 1 &lt; 2</p><script type="application/ld+json">{"a":"<b>"}</script>',
      ),
    );
  });

  it("keeps every letter of a long page in many scripts", async () => {
    const text = "Ærø, Ελλάδα, عربي, 漢字, 👩‍🚒 ".repeat(20_000);
    expect(await stripFramework(page("", `<p>${text}</p>`))).toBe(page("", `<p>${text}</p>`));
  });
});

describe("a page as a file", () => {
  const made = {
    now: Date.parse("2026-11-22T10:00:00Z"),
    validUntil: Date.parse("2026-11-23T00:00:00Z"),
    base: "/status",
  };

  it("says when it was made, carries its policy, and stands under its path", async () => {
    const html = await staticPage(
      page(
        "",
        '<a href="/history?a=1#b">x</a><img src="/files/a.png"><a href="//b.example/">y</a><a href="https://c.example/">z</a>',
      ),
      made,
    );
    expect(html).toContain('data-made="2026-11-22T10:00:00.000Z" data-true-until="2026-11-23T00:00:00.000Z"');
    expect(html).toMatch(
      /<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self';[^"]*">/,
    );
    expect(html).not.toContain("frame-ancestors");
    expect(html).toContain(
      '<a href="/status/history?a=1#b">x</a><img src="/status/files/a.png"><a href="//b.example/">y</a><a href="https://c.example/">z</a>',
    );
  });

  it("knows what it leads to on its own site", async () => {
    const links = await localLinks(
      page(
        '<link rel="icon" href="/i.svg">',
        '<a href="/a#b">1</a><a href="/a">2</a><a href="/s?q=1">3</a><a href="//b.example/c">4</a><script src="/d.js"></script>',
      ),
    );
    expect([...links]).toEqual(["/i.svg", "/a", "/d.js"]);
  });
});
