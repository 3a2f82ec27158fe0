/**
 * Finds a Chromium for the tests that need one, and installs one where there is none: `findQuickBrowser` is what
 * playwright.config.ts gives as `executablePath`, `ensureBrowser` is what `npm test` awaits first.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { chromium } from "@playwright/test";

const PLAYWRIGHT = resolve(import.meta.dirname, "../node_modules/@playwright/test/cli.js");

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome.exe"];

/** The same engine without a window, and without notifications: the tests take two thirds of the time. */
const SHELLS = ["chromium-headless-shell", "chrome-headless-shell"];

/** What an installation may take at the most, in milliseconds. */
const DOWNLOAD_LIMIT = 240_000;
const APT_LIMIT = 600_000;
const SHELL_LIMIT = 120_000;

/** How long a server that does not answer is waited for, in milliseconds; Playwright asks several of them, several times. */
const CONNECT_LIMIT = 5000;

/**
 * The path of a Chromium that runs, if there is one: the one `CANDOR_CHROMIUM` names, Playwright's own, then whatever
 * the machine has.
 * @throws when `CANDOR_CHROMIUM` names what is not there
 */
export function findBrowser(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = variables["CANDOR_CHROMIUM"];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CANDOR_CHROMIUM names “${named}”, and there is no such file. Correct it or leave it out.`);
  }
  return [chromium.executablePath(), ...inPath(NAMES, variables), ...usualPlaces(variables)].find(runs);
}

/** The path of one without a window, if there is one and none is named; otherwise that of any. */
export function findQuickBrowser(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const shell = variables["CANDOR_CHROMIUM"] ? undefined : inPath(SHELLS, variables).find(runs);
  return shell ?? findBrowser(variables);
}

/** Installs a Chromium if there is none, and beside it one without a window, where the system has a package of it. */
export async function ensureBrowser(variables: NodeJS.ProcessEnv = process.env): Promise<void> {
  const found = findBrowser(variables) ?? (await download(variables)) ?? (await installPackage(variables));
  if (found !== undefined) return installShell(variables);
  throw new Error(
    "There is no Chromium on this machine, and none could be installed. Install Chromium or Google Chrome and run the " +
      "tests again; if it stands in an unusual place, name it: CANDOR_CHROMIUM=/path/to/chromium npm test",
  );
}

function inPath(names: readonly string[], variables: NodeJS.ProcessEnv): string[] {
  const folders = (variables["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

function usualPlaces(variables: NodeJS.ProcessEnv): string[] {
  switch (process.platform) {
    case "darwin":
      return ["/Applications", join(homedir(), "Applications")].flatMap((folder) =>
        ["Chromium", "Google Chrome"].map((name) => join(folder, `${name}.app`, "Contents", "MacOS", name)),
      );
    case "win32":
      return ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"].flatMap((name) =>
        ["Chromium", String.raw`Google\Chrome`, String.raw`Microsoft\Edge`].map((product) =>
          join(variables[name] ?? "", product, "Application", product.endsWith("Edge") ? "msedge.exe" : "chrome.exe"),
        ),
      );
    default:
      return [...NAMES.flatMap((name) => [`/usr/bin/${name}`, `/snap/bin/${name}`]), "/opt/google/chrome/chrome"];
  }
}

/** Whether it is a browser that starts: a stub that only tells how to install one, or one without its libraries, is none. */
function runs(path: string): boolean {
  if (!existsSync(path)) return false;
  // On Windows “--version” opens a window.
  return process.platform === "win32" || spawnSync(path, ["--version"], { timeout: 10_000 }).status === 0;
}

async function download(variables: NodeJS.ProcessEnv): Promise<string | undefined> {
  say("There is no Chromium here: downloading the one Playwright names (once)");
  const patience = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECT_LIMIT) };
  const words = [process.execPath, PLAYWRIGHT, "install", "chromium", "--no-shell"];
  await run(words, { ...variables, ...patience }, DOWNLOAD_LIMIT);
  return findBrowser(variables);
}

async function installPackage(variables: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!hasPackages(variables)) return undefined;
  say("That failed: installing the package “chromium” with apt-get (once)");
  await apt(["update"], variables, APT_LIMIT);
  await apt(["install", "-y", "chromium"], variables, APT_LIMIT);
  return findBrowser(variables);
}

/** For speed alone: without it the tests run in the whole browser. Not every release has it. */
async function installShell(variables: NodeJS.ProcessEnv): Promise<void> {
  const isThere = () => inPath(SHELLS, variables).some(runs);
  if (variables["CANDOR_CHROMIUM"] || isThere() || !hasPackages(variables)) return;
  say("Installing the package “chromium-headless-shell” with apt-get (once): tests take two thirds of the time in it");
  const install = () => apt(["install", "-y", "chromium-headless-shell"], variables, SHELL_LIMIT);
  await install();
  if (isThere()) return;
  await apt(["update"], variables, SHELL_LIMIT);
  await install();
}

/** Whether the system's own packages may be installed: as root on Debian and its kin. */
function hasPackages(variables: NodeJS.ProcessEnv): boolean {
  return process.getuid?.() === 0 && inPath(["apt-get"], variables).some(existsSync);
}

function apt(words: readonly string[], variables: NodeJS.ProcessEnv, timeout: number): Promise<void> {
  return run(["apt-get", ...words], { ...variables, DEBIAN_FRONTEND: "noninteractive" }, timeout);
}

/** Runs a command to its end, good or bad, or until the limit; whether it worked shows in whether there is a browser. */
function run([command = "", ...args]: string[], env: NodeJS.ProcessEnv, timeout: number): Promise<void> {
  return new Promise((done) => {
    const child = spawn(command, args, { env, stdio: "ignore", timeout });
    child.once("error", () => done());
    child.once("close", () => done());
  });
}

function say(line: string): void {
  process.stderr.write(`${line} …\n`);
}
