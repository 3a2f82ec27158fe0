import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROOT, serve, temporary } from "./support/candor.ts";
import { BOARDS, KINDS } from "./support/kinds.ts";
import { complaintsOf, expectSound, trespassesOf } from "./support/markup.ts";
import { test } from "./support/test.ts";

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

for (const { name, site, path, status = 200 } of KINDS) {
  test(`the markup of ${name} is sound, and nothing in it can run`, async ({ sites }) => {
    const answer = await fetch((await sites.url(site)) + path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-security-policy")).toBe(POLICY);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await answer.text();
    await expectSound(html);
    expect(html.includes('<script src="/assets/candor.js"></script>')).toBe(status !== 500);
  });
}

for (const { name, site, path } of BOARDS) {
  test(`the markup of ${name} is sound, and nothing in it can run`, async ({ sites }) => {
    const answer = await fetch((await sites.url(site)) + path);
    expect(answer.headers.get("content-security-policy")).toBe(POLICY);
    await expectSound(await answer.text());
  });
}

test("the very first answers of a server are as sound as all later ones", async () => {
  using data = temporary("first");
  await using server = await serve({ content: join(ROOT, "incidents"), data: data.path });
  const paths = KINDS.filter(({ site }) => site === "demo").map(({ path }) => path);
  for (const path of [...paths, "/history", "/reports", "/maintenance", "/components/api", "/nowhere"]) {
    const first = await (await fetch(server.url + path)).text();
    await expectSound(first);
    expect(first).toMatch(/<script src="\/assets\/candor\.js"><\/script>/);
    expect(await (await fetch(server.url + path)).text()).toHaveLength(first.length);
  }
});

test("the checks of markup can fail", async () => {
  const page = (body: string) =>
    `<!DOCTYPE html><html lang="en"><head><title>A</title></head><body>${body}</body></html>`;
  expect(await complaintsOf(page("<main><p>Good</p></main>"))).toEqual([]);
  expect(await complaintsOf(page("<ul><p>Bad</p></ul>"))).not.toEqual([]);
  for (const bad of [
    "<script>1</script>",
    '<script src="/_next/static/chunks/main.js"></script>',
    '<p style="color: red">',
    '<img src="/x" onerror="1">',
    "<style>p{}</style>",
    '<a href="javascript:1">',
  ]) {
    expect(trespassesOf(page(bad)), bad).not.toEqual([]);
  }
});
