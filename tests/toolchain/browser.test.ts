import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ensureBrowser, findBrowser, findQuickBrowser } from "../../scripts/browser.ts";

test("the browser that CANDOR_CHROMIUM names comes first", () => {
  expect(findBrowser({ ...process.env, CANDOR_CHROMIUM: process.execPath })).toBe(process.execPath);
});

test("a CANDOR_CHROMIUM that is not there is said, not passed over", () => {
  expect(() => findBrowser({ ...process.env, CANDOR_CHROMIUM: "/nowhere/chromium" })).toThrowError(
    "CANDOR_CHROMIUM names “/nowhere/chromium”, and there is no such file. Correct it or leave it out.",
  );
});

test.skipIf(process.platform === "win32")("what stands in the PATH but does not start is no browser", () => {
  const folder = mkdtempSync(join(tmpdir(), "candor-browser-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "stub"));
  writeFileSync(join(folder, "stub", "chromium"), "#!/bin/sh\necho install me with snap\nexit 1\n");
  chmodSync(join(folder, "stub", "chromium"), 0o755);
  const found = findBrowser({ NODE_ENV: "test", PATH: join(folder, "stub") });
  expect(found?.startsWith(folder) ?? false).toBe(false);
});

test.skipIf(process.platform === "win32")(
  "one without a window is preferred for what needs none, unless one is named",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "candor-browser-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const shell = join(folder, "chromium-headless-shell");
    writeFileSync(shell, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
    expect(findQuickBrowser({ NODE_ENV: "test", PATH: folder })).toBe(shell);
    expect(findQuickBrowser({ NODE_ENV: "test", PATH: folder, CANDOR_CHROMIUM: process.execPath })).toBe(
      process.execPath,
    );
  },
);

/** A PATH with a whole browser, and with an apt-get that notes its words and can install what `installs` names. */
function withPackages(installs: string) {
  const folder = mkdtempSync(join(tmpdir(), "candor-browser-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const at = (name: string) => join(folder, name);
  writeFileSync(at("chromium"), "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  const apt = `#!/bin/sh\necho "$*" >> "${at("said")}"\n[ "$3" != "${installs}" ] || /bin/cp "${at("chromium")}" "${folder}/$3"\n`;
  writeFileSync(at("apt-get"), apt, { mode: 0o755 });
  writeFileSync(at("said"), "");
  vi.spyOn(process, "getuid").mockReturnValue(0);
  const said = () => readFileSync(at("said"), "utf8").split("\n").filter(Boolean);
  return { at, said, variables: { NODE_ENV: "test", PATH: folder } as const };
}

const SHELL = "chromium-headless-shell";

test.skipIf(process.platform === "win32")(
  "beside a whole browser one without a window is installed, once",
  async () => {
    const { at, said, variables } = withPackages(SHELL);
    await ensureBrowser(variables);
    await ensureBrowser(variables);
    expect(said()).toEqual([`install -y ${SHELL}`]);
    expect(findQuickBrowser(variables)).toBe(at(SHELL));
  },
);

test.skipIf(process.platform === "win32")("where there is no package of it, the whole browser does", async () => {
  const { said, variables } = withPackages("nothing");
  await ensureBrowser(variables);
  expect(said()).toEqual([`install -y ${SHELL}`, "update", `install -y ${SHELL}`]);
  expect(findQuickBrowser(variables)).toBe(findBrowser(variables));
});

test.skipIf(process.platform === "win32")(
  "none is installed beside one that is named, nor by who may not",
  async () => {
    const { at, said, variables } = withPackages(SHELL);
    await ensureBrowser({ ...variables, CANDOR_CHROMIUM: at("chromium") });
    vi.mocked(process.getuid as () => number).mockReturnValue(1000);
    await ensureBrowser(variables);
    expect(said()).toEqual([]);
  },
);
