import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFile } from "#lib/store/replace-file.ts";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "candor-replace-"));
  file = join(folder, "a.md");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("replacing a file", () => {
  it("writes a new one, and an old one again, and leaves nothing else behind", async () => {
    expect(await replaceFile(file, undefined, "one")).toBe(true);
    expect(await replaceFile(file, "one", "two")).toBe(true);
    expect(readFileSync(file, "utf8")).toBe("two");
    expect(readdirSync(folder)).toEqual(["a.md"]);
  });

  it("never takes the place of what somebody else wrote", async () => {
    writeFileSync(file, "theirs");
    expect(await replaceFile(file, undefined, "ours")).toBe(false);
    expect(await replaceFile(file, "what we had read", "ours")).toBe(false);
    expect(readFileSync(file, "utf8")).toBe("theirs");
  });

  it("takes no bytes that are not UTF-8 for the text they are shown as", async () => {
    const theirs = Buffer.from([0x61, 0xff]);
    writeFileSync(file, theirs);
    expect(await replaceFile(file, theirs.toString("utf8"), "ours")).toBe(false);
    expect(readFileSync(file)).toEqual(theirs);
  });

  it("lets one of many editors at once through, and only one", async () => {
    writeFileSync(file, "one");
    const done = await Promise.all(Array.from({ length: 20 }, (_, index) => replaceFile(file, "one", `by ${index}`)));
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(readFileSync(file, "utf8")).toBe(`by ${done.indexOf(true)}`);
  });

  it("takes over the lock of a command that was killed long ago, and no other", async () => {
    const lock = join(folder, ".a.md.lock");
    writeFileSync(lock, "");
    // It stays a new one, however long it takes until it is looked at.
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(lock, later, later);
    expect(await replaceFile(file, undefined, "one")).toBe(false);
    utimesSync(lock, new Date(0), new Date(0));
    expect(await replaceFile(file, undefined, "one")).toBe(true);
  });

  it("leaves the old text or the new one when it is killed at any moment", async () => {
    const old = "old ".repeat(50_000);
    const fresh = "new ".repeat(50_000);
    const script = `
      import { replaceFile } from "#lib/store/replace-file.ts";
      const [file, old, fresh] = [process.argv[1], "old ".repeat(50_000), "new ".repeat(50_000)];
      process.stdout.write("go");
      for (let round = 0; ; round += 1) await replaceFile(file, round % 2 ? fresh : old, round % 2 ? old : fresh);
    `;
    for (let run = 0; run < 15; run += 1) {
      writeFileSync(file, old);
      const child = spawn(process.execPath, ["--input-type=module", "--eval", script, file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await new Promise((ready) => child.stdout.once("data", ready));
      await new Promise((later) => setTimeout(later, 7 * run));
      child.kill("SIGKILL");
      await new Promise((gone) => child.once("exit", gone));
      expect([old, fresh]).toContain(readFileSync(file, "utf8"));
      rmSync(join(folder, ".a.md.lock"), { force: true });
    }
  });
});
