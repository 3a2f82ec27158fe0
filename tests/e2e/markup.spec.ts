import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROOT, serve, temporary } from "./support/candor.ts";
import { KINDS } from "./support/kinds.ts";
import { complaintsOf, expectSound, trespassesOf } from "./support/markup.ts";
import { test } from "./support/test.ts";

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
