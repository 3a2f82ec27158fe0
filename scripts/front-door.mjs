/**
 * The way in for `npm start`, `npm run dev`, `npm test` and `npm run candor`. Runs on whatever Node the machine has (20 or newer) and
 * needs nothing installed: it installs what package-lock.json names, builds the pages if their sources changed, and
 * hands over to the pinned Node.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const STAMPS = join(ROOT, ".candor");
const NODE = join(ROOT, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");

/** The second keeps a third of the memory that Node takes by itself for what is soon thrown away, at the same speed. */
const FLAGS = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=16"];

/** What the pages are built from. */
const SOURCES = ["app", "components", "lib", "public", "next.config.ts", "package-lock.json", "tsconfig.json"];

const [purpose, ...words] = process.argv.slice(2);
install();
switch (purpose) {
  case "start":
    build();
    handOver([join(ROOT, "bin", "start.ts"), ...words]);
    break;
  case "dev":
    build();
    handOver([join(ROOT, "bin", "dev.ts"), ...words]);
    break;
  case "build":
    build();
    break;
  case "candor":
    if (["serve", "export"].includes(words[0] ?? "")) build();
    handOver([join(ROOT, "bin", "candor.ts"), ...words]);
    break;
  case "test":
    build();
    handOver([join(ROOT, "scripts", "test.ts"), ...words]);
    break;
  case "soak":
    handOver([join(ROOT, "scripts", `soak-${words[0] ?? "publish"}.ts`), ...words.slice(1)]);
    break;
  case "bench":
    build();
    handOver([join(ROOT, "scripts", words[0] ? `bench-${words[0]}.ts` : "bench.ts"), ...words.slice(1)]);
    break;
  default:
    fail(`front-door: unknown purpose “${purpose ?? ""}”`);
}

/** Installs exactly what package-lock.json names, unless that is there already. */
function install() {
  const stamp = hashOf(["package-lock.json"]);
  if (existsSync(NODE) && isStamped("install", stamp)) return;
  say("Installing what package-lock.json names (once; about a minute)");
  run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (!existsSync(NODE)) {
    fail(
      "The package “node”, which brings the pinned runtime, did not install. Allow its install script: npm rebuild node",
    );
  }
  setStamp("install", stamp);
}

/** Builds the pages, unless nothing they are made from has changed. */
function build() {
  const stamp = hashOf(SOURCES);
  if (existsSync(join(ROOT, ".next", "BUILD_ID")) && isStamped("build", stamp)) return;
  say("Building the pages (once, and after a change; some seconds)");
  const built = spawnSync(NODE, [join(ROOT, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    encoding: "utf8",
  });
  if (built.status !== 0) fail(`The pages could not be built.\n${built.stdout ?? ""}${built.stderr ?? ""}`);
  setStamp("build", stamp);
}

/** Runs the pinned Node in this one's place: signals go on to it, and its end is ours. */
function handOver(args) {
  const child = spawn(NODE, [...FLAGS, ...args], {
    cwd: ROOT,
    stdio: "inherit",
    env: {
      NODE_ENV: purpose === "test" ? "test" : "production",
      // What was compiled once need not be again: a command answers in a third of the time.
      NODE_COMPILE_CACHE: join(STAMPS, "compiled"),
      ...process.env,
      NEXT_TELEMETRY_DISABLED: "1",
    },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    if (signal) process.removeAllListeners(signal);
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}

function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (result.status !== 0) fail(`“${command} ${args.join(" ")}” failed; what it said stands above.`);
}

function isStamped(name, stamp) {
  const file = join(STAMPS, name);
  return existsSync(file) && readFileSync(file, "utf8") === stamp;
}

function setStamp(name, stamp) {
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(join(STAMPS, name), stamp);
}

/** SHA-256 over the names and bytes of files, and of every file below folders. */
function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const full = join(ROOT, path);
    if (!existsSync(full)) continue;
    const files = path.includes(".") ? [full] : filesBelow(full);
    for (const file of files) hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((item) => (item.isDirectory() ? filesBelow(join(folder, item.name)) : [join(folder, item.name)]))
    .sort();
}

function say(line) {
  process.stderr.write(`${line} …\n`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
