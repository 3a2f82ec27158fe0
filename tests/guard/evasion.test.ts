import { expect, test } from "vitest";
import { findSecrets } from "#lib/content/secrets/find.ts";
import { cutSecrets } from "#lib/content/secrets/seams.ts";
import { DENY, PLANTED, planted } from "./planted.ts";

const GUARD = { deny: DENY };
const TOKEN = planted("GitHub token").secret;
const [HEAD, TAIL] = [TOKEN.slice(0, 14), TOKEN.slice(14)];

const wide = (text: string) =>
  Array.from(text, (char) => (char === "_" ? char : String.fromCharCode(char.charCodeAt(0) + 0xfee0))).join("");
const each = (text: string, change: (char: string) => string) => Array.from(text, change).join("");
const hex = (char: string, length: number) => char.charCodeAt(0).toString(16).padStart(length, "0");

test.each([
  ["a soft hyphen", `${HEAD}\u00ad${TAIL}`],
  ["an entity for a soft hyphen", `${HEAD}&shy;${TAIL}`],
  ["a zero-width space", `${HEAD}\u200b${TAIL}`],
  ["a zero-width joiner after each letter", each(TOKEN, (char) => `${char}\u200d`)],
  ["a byte order mark", `${HEAD}\ufeff${TAIL}`],
  ["a variation selector", `${HEAD}\ufe0f${TAIL}`],
  ["a line's end", `${HEAD}\n${TAIL}`],
  ["a line's end in an indented block", `${HEAD}\n        ${TAIL}`],
  ["a line's end in a quote", `> ${HEAD}\n> ${TAIL}`],
  ["a hard break", `${HEAD}\\\n${TAIL}`],
  ["a break element", `${HEAD}<br>${TAIL}`],
  ["an element", `${HEAD}<b class="x">${TAIL}</b>`],
  ["a comment", `${HEAD}<!-- a -->${TAIL}`],
  ["strong emphasis", `${HEAD}**${TAIL}**`],
  ["emphasis", `*${HEAD}*${TAIL}`],
  ["struck text", `~~${HEAD}~~${TAIL}`],
  ["code", `${HEAD}\`${TAIL}\``],
  ["a backslash", TOKEN.replace("_", "\\_")],
  ["percent signs", each(TOKEN, (char) => `%${hex(char, 2)}`)],
  ["percent signs for percent signs", each(TOKEN, (char) => `%25${hex(char, 2)}`)],
  ["decimal entities", each(TOKEN, (char) => `&#${char.charCodeAt(0)};`)],
  ["hexadecimal entities", each(TOKEN, (char) => `&#x${hex(char, 2)};`)],
  ["a named entity", TOKEN.replace("_", "&lowbar;")],
  ["an entity for an entity", TOKEN.replace("_", "&amp;lowbar;")],
  ["escapes of JSON", each(TOKEN, (char) => `\\u${hex(char, 4)}`)],
  ["escapes of YAML", each(TOKEN, (char) => `\\x${hex(char, 2)}`)],
  ["wide letters", wide(TOKEN)],
  ["base64", btoa(`the key is ${TOKEN}`)],
  ["base64 for addresses", btoa(`>>>???${TOKEN}`).replaceAll("+", "-").replaceAll("/", "_")],
  ["base64 over two lines", btoa(`token ${TOKEN} `).replace(/^.{30}/, "$&\n")],
])("a token is seen through %s", (_what, hidden) => {
  expect(findSecrets(`Nothing here: ${hidden} and on.`, GUARD)).toEqual([
    expect.objectContaining({ kind: "github-token", offset: 14 + (/^[>*~]/.exec(hidden) ? hidden.indexOf(HEAD) : 0) }),
  ]);
});

test.each([
  ["secretlint-disable", (secret: string) => `<!-- secretlint-disable -->\n${secret}\n<!-- secretlint-enable -->`],
  ["secretlint-disable-line", (secret: string) => `${secret} <!-- secretlint-disable-line -->`],
  ["secretlint-disable-next-line", (secret: string) => `<!-- secretlint-disable-next-line -->\n${secret}`],
  ["a comment of code", (secret: string) => `// secretlint-disable\n# secretlint-disable\n${secret}`],
])("no %s silences anything", (_what, beside) => {
  const missed = PLANTED.filter(({ written }) => findSecrets(beside(written), GUARD).length === 0);
  expect(missed.map(({ name }) => name)).toEqual([]);
});

test("a key whose first line is broken in two is found", () => {
  const { written } = planted("RSA private key");
  expect(findSecrets(written.replace(" KEY", "\nKEY"), GUARD)).toMatchObject([{ kind: "private-key", offset: 0 }]);
  expect(findSecrets(written.replace("PRIV", "PRIV\n"), GUARD)).toMatchObject([{ kind: "private-key", offset: 0 }]);
});

test("a name on the deny list is found however it is put together", () => {
  for (const name of [
    "project blue heron",
    "PROJECT_BLUE_HERON",
    "ProjectBlueHeron",
    "project-blue\nheron",
    "Project **Blue** Heron",
  ]) {
    expect(findSecrets(`About ${name}.`, GUARD)).toMatchObject([{ kind: "denied-name", offset: 6 }]);
  }
  expect(findSecrets("Project Blue Herons and a blue heron", GUARD)).toEqual([]);
});

test("what ends one text and begins another is one secret, in any order of the two", () => {
  const texts = [`Something else, then ${TAIL}`, "No word of it", `  ${TAIL} is the rest.`, `We used ${HEAD}\n`];
  expect([...cutSecrets(texts, GUARD)]).toMatchObject([{ kind: "github-token", text: 3, offset: 8 }]);
});

test("another subscriber's address and token are found, one's own are not", () => {
  const strangers = new Set(["ada@example.org", "Zp3QmX0a91Lk2Vt7"]);
  const guard = { deny: [], isAnothers: (word: string) => strangers.has(word) };
  const text = "To eve@example.org, and to ada@example.org: /subscriptions/Zp3QmX0a91Lk2Vt7";
  expect(findSecrets(text, guard).map(({ kind, offset }) => [kind, offset])).toEqual([
    ["another-subscriber", 27],
    ["another-subscriber", 59],
  ]);
});

test.each([
  "The password: reset it in your account.",
  "Token: expired. Your API key was rejected, and secret: keeping failed.",
  "password: <your password>, password=$PASSWORD, password: ********, token: {{ token }}",
  "Since version 10.2.0.1, and v10.0.0.4, release 192.168.1.1",
  "203.0.113.7, 198.51.100.2, 192.0.2.1, 2001:db8::1, 10.0.0.0/8, 127.0.0.1, 999.168.1.1",
  "app.local.json, docker-compose.local.yml, .env.local, com.example.internal.Queue, this.internal()",
  "metadata.google.internal, host.docker.internal, 169.254.169.254",
  "https://example.com:8080/a@b, mailto:help@example.com, postgres://db.example.com/app",
  "The session timed out at 2026-03-02T09:20:00, id=12345678901234567890",
  "d41d8cd98f00b204e9800998ecf8427e, 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12, 123e4567-e89b-12d3-a456-426614174000",
  "![a](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk)",
  "fd:12 fe80 face:b00c fc01",
])("nothing is found in: %s", (text) => {
  expect(findSecrets(text, GUARD)).toEqual([]);
});
