import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { once } from "#lib/web/idempotency.ts";

const ASKED = { of: "anna", key: "one", request: "the same" };
const MODULE = new URL("../../lib/web/idempotency.ts", import.meta.url).href;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "candor-once-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const again = (at: string, work = () => Promise.resolve("done")) => once(at, ASKED, Date.now(), work, () => true);

/** Does it once in a process to which the disk is full from so many blocks of 1,024 bytes on. */
function withoutRoom(at: string, kilobytes: number, answer: string): string {
  const code = `import { once } from ${JSON.stringify(MODULE)};
    const work = () => Promise.resolve(${answer});
    once(${JSON.stringify(at)}, ${JSON.stringify(ASKED)}, Date.now(), work, () => true)
      .then(({ kind }) => console.log(kind), ({ code }) => console.log(code));`;
  const limited = `ulimit -f ${kilobytes}; exec "$@"`;
  const flags = ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "--eval", code];
  const { stdout, stderr } = spawnSync("bash", ["-c", limited, "bash", process.execPath, ...flags], {
    encoding: "utf8",
    env: { ...process.env, NODE_COMPILE_CACHE: undefined },
  });
  return stdout.trim() || stderr;
}

test("a key for whose note there was no room is good once there is", async () => {
  const at = folder();
  expect(withoutRoom(at, 0, '"done"')).toBe("EFBIG");
  expect(readdirSync(at)).toEqual([]);
  expect(await again(at)).toEqual({ kind: "done", answer: "done", isReplay: false });
});

test("what was done is answered though there is no room for the answer, and is not done again", async () => {
  const at = folder();
  expect(withoutRoom(at, 1, '"x".repeat(5_000)')).toBe("done");
  expect(readdirSync(at)).toHaveLength(1);
  expect(await again(at)).toEqual({ kind: "unknown" });
});

test.each(["ENOSPC", "EDQUOT", "EFBIG"])("a key whose work found no room (%s) may be used again", async (code) => {
  const at = folder();
  const failing = () => Promise.reject(Object.assign(new Error("no room"), { code }));
  await expect(again(at, failing)).rejects.toThrow("no room");
  expect(await again(at)).toMatchObject({ kind: "done", isReplay: false });
  expect(await again(at)).toMatchObject({ kind: "done", isReplay: true });
});

test("a note that a full disk left empty is none; one that is damaged says that nobody knows", async () => {
  const at = folder();
  await again(at);
  const [name = ""] = readdirSync(at);
  writeFileSync(join(at, name), "");
  expect(await again(at)).toMatchObject({ kind: "done", isReplay: false });
  writeFileSync(join(at, name), '{"asked');
  expect(await again(at)).toEqual({ kind: "unknown" });
});
