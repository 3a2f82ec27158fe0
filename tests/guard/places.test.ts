import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { checkFolder } from "#lib/content/folder/folder.ts";
import type { Problem } from "#lib/model/problem.ts";
import { publishInto } from "#lib/publishing/publish.ts";
import { openSnapshots } from "#lib/store/snapshots.ts";
import { githubText, sarifText } from "../../bin/check-formats.ts";
import { opened } from "../databases.ts";
import { casesOf } from "../soak.ts";
import { DENY, PLANTED, type Planted, planted } from "./planted.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const NOW = Date.parse("2026-11-22T12:00:00Z");

interface Texts {
  readonly title?: string;
  readonly update?: string;
  readonly body?: string;
}

function incident({ title = "Labels were slow", update = "All is well again.", body = "" }: Texts): string {
  const updates = [{ at: "2026-03-02T09:20Z", status: "resolved", body: update }];
  return `---\n${stringify({ title, updates }, { lineWidth: 0 })}---\n\n${body}\n`;
}

/** Everything on one line, as a title, a link or the name of an image must be. */
const oneLine = (text: string) => text.replaceAll("\n", " ");

const SEAM = "the end of an update and the beginning of the report";

/** The places in a file where a secret can stand. */
const PLACES: Readonly<Record<string, (planted: Planted) => string>> = {
  "the title": ({ written }) => incident({ title: oneLine(`Labels ${written}`) }),
  "an update": ({ written }) => incident({ update: `We changed this:\n\n${written}` }),
  "the report": ({ written }) => incident({ body: `We changed this:\n\n${written}` }),
  "a code block": ({ written }) => incident({ body: `\`\`\`sh\n${written}\n\`\`\`` }),
  "a link's address": ({ secret }) =>
    incident({ body: `[the log](https://example.com/?q=${encodeURIComponent(secret)})` }),
  "a link's text": ({ written }) => incident({ body: `[${oneLine(written)}](https://example.com/)` }),
  "an image's name": ({ secret }) => incident({ body: `![The log](${encodeURIComponent(secret)}.png)` }),
  "an image's words": ({ written }) => incident({ body: `![${oneLine(written)}](https://example.com/a.png)` }),
  "a comment of HTML": ({ written }) => incident({ body: `<!-- ${written} -->` }),
  "a comment of YAML": ({ written }) => incident({}).replace("\nupdates", `\n${written.replace(/^/gm, "# ")}\nupdates`),
  "a follow-up": ({ written }) =>
    incident({}).replace(
      "\nupdates",
      `\nactions: [{ title: ${JSON.stringify(oneLine(`Rotate ${written}`))} }]\nupdates`,
    ),
  [SEAM]: ({ written, secret, at }) => {
    const cut = at + Math.ceil(secret.length / 2);
    return incident({ update: `We changed ${written.slice(0, cut)}`, body: written.slice(cut) });
  },
  "beside a disabling comment": ({ written }) => incident({ body: `<!-- secretlint-disable -->\n\n${written}` }),
};

const ADDRESSES = new Set(["a link's address", "an image's name"]);

/** What two halves of words would make by accident every day, and what is no more than a name or a number when it is cut. */
const NOT_ACROSS = /^(?:password in prose|host at AWS|(?:private|home|carrier's|unique local) address)$/;

/** What is no secret without the words before it, which a link's address leaves out. */
const BY_ITS_NAME = new Set(
  PLANTED.filter(
    ({ written, secret, at }) => at > 0 && !/^https?:..$/.test(written.slice(0, at)) && written !== secret,
  ).map(({ name }) => name),
);

let folder: string;
let problems: readonly Problem[];
const files: [file: string, planted: Planted, place: string][] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "candor-guard-"));
  write(
    "content/site.yaml",
    stringify({ name: "Tidewater", url: "https://status.example.com", guard: { deny: DENY } }),
  );
  for (const [place, make] of Object.entries(PLACES)) {
    for (const each of PLANTED) {
      if (ADDRESSES.has(place) && BY_ITS_NAME.has(each.name)) continue;
      if (place === SEAM && NOT_ACROSS.test(each.name)) continue;
      const file = `${place.replace(/\W/g, "-")}/${files.length}.md`;
      files.push([file, each, place]);
      write(`content/${file}`, make(each));
    }
  }
  ({ problems } = await checkFolder(join(folder, "content"), NOW));
});

afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test.each(Object.keys(PLACES))("each secret is found in %s", (place) => {
  const wanted = files.filter(([, , where]) => where === place);
  expect(wanted.length).toBeGreaterThanOrEqual(ADDRESSES.has(place) ? 40 : 60);
  const found = new Set(problems.filter(({ rule }) => rule === "secret").map(({ place: { file } }) => file));
  expect(wanted.filter(([file]) => !found.has(file)).map(([, { name }]) => name)).toEqual([]);
});

test("the place is the first character of the secret", () => {
  const { secret, written } = planted("Stripe live key");
  expect(written).toBe(secret);
  const file = files.find(([, { name }, place]) => place === "an update" && name === "Stripe live key")?.[0] ?? "";
  const lines = readFileSync(join(folder, "content", file), "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes(secret));
  const found = problems.filter(({ rule, place }) => rule === "secret" && place.file === file);
  expect(found.map(({ place }) => place)).toEqual([
    { file, line: line + 1, column: (lines[line]?.indexOf(secret) ?? 0) + 1 },
  ]);
});

test("the name of a file is judged, and shown without the secret", async () => {
  const { secret } = planted("npm token");
  const { problems: found } = await checked({ [`2026/${secret}.md`]: incident({}) });
  expect(found).toMatchObject([{ rule: "secret", place: { file: "2026/[npm-token].md", line: 1, column: 1 } }]);
});

test("a token whose halves end an update and begin the report is found where it begins", async () => {
  const { secret } = planted("GitHub token");
  const text = incident({ update: `It was ${secret.slice(0, 15)}`, body: `${secret.slice(15)} is revoked.` });
  const { problems: found } = await checked({ "a.md": text });
  expect(found).toMatchObject([{ rule: "secret", place: { file: "a.md", line: 6, column: 18 } }]);
  expect(found[0]?.message).toMatch(/^A GitHub token begins here and goes on in another text \(fp-[\da-f]{6}\)\.$/);
});

test("a key whose first half ends an update and whose second begins the report is found", async () => {
  const { written } = planted("RSA private key");
  const text = incident({ update: `It began with ${written.slice(0, 14)}`, body: written.slice(14) });
  const { problems: found } = await checked({ "a.md": text });
  expect(found).toMatchObject([{ rule: "secret", place: { file: "a.md", line: 6 } }]);
});

test("what may stand is allowed by file and kind or by fingerprint; what allows nothing is warned of", async () => {
  const host = "db-1.example.internal";
  const files = { "a.md": incident({ body: `On ${host}.` }), "2026/b.md": incident({ body: `On ${host}.` }) };
  const { problems: before } = await checked(files);
  expect(before.map(({ rule }) => rule)).toEqual(["secret", "secret"]);
  const fingerprint = /fp-[\da-f]{6}/.exec(before[0]?.message ?? "")?.[0] ?? "";

  const reason = "The name is known to everybody";
  const told = async (...allow: object[]) =>
    (await checked(files, { allow })).problems.map(({ rule, place }) => `${place.file}:${place.line} ${rule}`);
  expect(await told({ match: fingerprint, reason })).toEqual([]);
  expect(await told({ match: "internal-host", reason })).toEqual([]);
  expect(await told({ match: "internal-host", file: "a.md", reason })).toEqual(["2026/b.md:9 secret"]);
  expect(await told({ match: "internal-host", file: "2026/", reason })).toEqual(["a.md:9 secret"]);
  expect(await told({ match: fingerprint, reason }, { match: "github-token", file: "a.md", reason })).toEqual([
    "site.yaml:7 unused-allowance",
  ]);
  expect(await told({ match: fingerprint })).toEqual(["site.yaml:5 missing-key"]);
  expect(await told({ match: "password", reason })).toEqual(["site.yaml:5 wrong-value"]);
});

test("site.yaml is judged as well, less its own deny list, and is not published with a secret", async () => {
  const { secret } = planted("Stripe live key");
  const { problems: found, config } = await checked({ "a.md": incident({}) }, { deny: DENY }, { description: secret });
  expect(found).toMatchObject([{ rule: "secret", place: { file: "site.yaml", line: 3, column: 14 } }]);
  expect(config).toBeUndefined();
  expect((await checked({ "a.md": incident({}) }, { deny: DENY })).problems).toEqual([]);
  const named = await checked({ "a.md": incident({}) }, { deny: DENY }, { description: "About Project Blue Heron" });
  expect(named.problems).toMatchObject([{ rule: "secret", place: { line: 3, column: 20 } }]);
});

test("nothing is published beside a secret, and the deny list never is", async () => {
  const store = openSnapshots(await opened(":memory:"));
  const refused = await publishInto(store, join(folder, "content"), { now: NOW });
  expect(refused.snapshot).toBeUndefined();
  expect(await store.latest()).toBeUndefined();

  const good = contentOf({ "a.md": incident({}) }, { deny: DENY });
  expect((await publishInto(store, good, { now: NOW })).snapshot).toBeDefined();
  expect(JSON.stringify(await store.content(1))).not.toContain("Heron");
});

const FORMATS = ["text", "json", "github", "sarif"] as const;

/** Writes what has other problems as well, which quote what is written and name files. */
function writeProblems(): void {
  const { secret } = planted("GitHub token");
  write(`content/${secret}.md`, "---\ntitle: Named\n---\n");
  write("content/value.md", `---\ntitle: A value\nimpact: ${secret}\nstarted: ${planted("npm token").secret}\n---\n`);
  write("content/key.md", `---\ntitle: A key\n${secret}: 1\n---\n`);
  write("content/link.md", incident({ body: `[a](../${secret}.md) ![a](${planted("Stripe live key").secret}.png)` }));
}

test("no secret stands in clear in any problem, or in what is made of them for other programs", async () => {
  writeProblems();
  const { problems: found } = await checkFolder(join(folder, "content"), NOW);
  expect(found.map(({ rule }) => rule)).toContain("secret");
  const made = [JSON.stringify(found), githubText(found, "content"), sarifText(found, "content")];
  for (const text of made) expect(PLANTED.filter((each) => shows(text, each)).map(({ name }) => name)).toEqual([]);
});

test.each(casesOf("formats of a check", FORMATS.slice(0, 1), FORMATS))(
  "no secret is printed in clear as %s",
  (format) => {
    writeProblems();
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", join(ROOT, "bin/candor.ts"), "check", "--format", format],
      { env: { ...process.env, CANDOR_CONTENT: join(folder, "content") }, encoding: "utf8", maxBuffer: 1e8 },
    );
    expect(status).toBe(1);
    expect(stdout).toContain("secret");
    const printed = stdout + stderr;
    expect(PLANTED.filter((each) => shows(printed, each)).map(({ name }) => name)).toEqual([]);
  },
);

/** Whether any good part of a secret is printed; what announces a kind of key is no secret. */
function shows(printed: string, { secret, name }: Planted): boolean {
  if (/key$|Key$/.test(name) && /BEGIN|PuTTY/.test(secret)) return false;
  return printed.includes(secret) || (secret.length > 24 && printed.includes(secret.slice(-12)));
}

function contentOf(files: Readonly<Record<string, string>>, guard: object = {}, site: object = {}): string {
  const content = mkdtempSync(join(folder, "own-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(content, file)), { recursive: true });
    writeFileSync(join(content, file), text);
  }
  const about = { name: "Tidewater", url: "https://status.example.com", ...site, guard };
  writeFileSync(join(content, "site.yaml"), stringify(about));
  return content;
}

function checked(...content: Parameters<typeof contentOf>) {
  return checkFolder(contentOf(...content), NOW);
}
