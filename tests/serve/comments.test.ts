import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "acorn";
import { expect, test } from "vitest";
import { withoutComments } from "#lib/web/serve/comments.ts";

const PUBLIC = resolve(import.meta.dirname, "../../public");
const scripts = readdirSync(PUBLIC, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".js"));

/** What a script does, without where it stands. */
function meaningOf(script: string): string {
  const tree = parse(script, { ecmaVersion: "latest" });
  return JSON.stringify(tree, (key, value: unknown) => (key === "start" || key === "end" ? undefined : value));
}

test.each(scripts)("%s does the same without its comments", (path) => {
  const script = readFileSync(join(PUBLIC, path), "utf8");
  const served = withoutComments(script);
  expect(served).not.toMatch(/^\s*\/[/*]/m);
  expect(meaningOf(served)).toBe(meaningOf(script));
});

test("code with a comment behind it stays as it is", () => {
  expect(withoutComments('a(); // one\n  // two\n/** three */\nb("//x");\n')).toBe('a(); // one\nb("//x");\n');
});
