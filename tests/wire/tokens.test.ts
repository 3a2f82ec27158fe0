import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addToken, isTokenName, listTokens, removeToken, tokenOf } from "#lib/access/tokens.ts";
import { folderWith, put } from "./content-folder.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const DAY = 86_400_000;

describe("tokens", () => {
  it("keeps no secret, and lets nobody else read the file", async () => {
    const data = folderWith({});
    const secret = await addToken(data, { name: "Anna", role: "author" }, NOW);
    expect(secret).toMatch(/^candor_[\w-]{43}$/);
    expect(readFileSync(join(data, "tokens.json"), "utf8")).not.toContain(secret?.slice(7));
    expect(statSync(join(data, "tokens.json")).mode & 0o777).toBe(0o600);
  });

  it("knows whose secret it is, and notes the day of its use", async () => {
    const data = folderWith({});
    const anna = (await addToken(data, { name: "Anna", role: "author" }, NOW)) ?? "";
    await addToken(data, { name: "pager", role: "machine" }, NOW);
    expect(await tokenOf(data, anna, NOW + DAY)).toMatchObject({ name: "Anna", role: "author" });
    expect(await tokenOf(data, `${anna}x`, NOW)).toBeUndefined();
    expect(await tokenOf(data, "", NOW)).toBeUndefined();
    expect((await listTokens(data)).map(({ name, usedOn }) => [name, usedOn])).toEqual([
      ["Anna", "2026-11-23"],
      ["pager", undefined],
    ]);
  });

  it("ends a token at once when it is removed, and after its last day", async () => {
    const data = folderWith({});
    const secret = (await addToken(data, { name: "Anna", role: "author", expiresOn: "2026-11-23" }, NOW)) ?? "";
    expect(await tokenOf(data, secret, NOW + DAY)).toBeDefined();
    expect(await tokenOf(data, secret, NOW + 2 * DAY)).toBeUndefined();
    expect(await removeToken(data, "Anna")).toBe(true);
    expect(await removeToken(data, "Anna")).toBe(false);
    expect(await tokenOf(data, secret, NOW)).toBeUndefined();
  });

  it("loses none of many that are added at the same time", async () => {
    const data = folderWith({});
    const names = ["a", "b", "c", "d", "e"];
    await Promise.all(names.map((name) => addToken(data, { name, role: "reader" }, NOW)));
    expect((await listTokens(data)).map(({ name }) => name).sort()).toEqual(names);
  });

  it("gives no second token of one name, and takes no name that a commit cannot carry", async () => {
    const data = folderWith({});
    await addToken(data, { name: "Anna", role: "author" }, NOW);
    expect(await addToken(data, { name: "Anna", role: "publisher" }, NOW)).toBeUndefined();
    expect(["Søren Åkjær", "pager-1", "O'Hara"].map(isTokenName)).toEqual([true, true, true]);
    expect(["", "a<b>", "a\nb", " a", "a ", "-a"].map(isTokenName)).toEqual(new Array(6).fill(false));
  });

  it("says so when the file is not what was written", async () => {
    const data = folderWith({});
    put(data, "tokens.json", "[{}]");
    await expect(listTokens(data)).rejects.toThrow("is not what “tokens add” wrote");
  });
});
