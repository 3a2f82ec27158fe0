/**
 * The way in for `npm start`, `npm run dev`, `npm test` and `npm run candor`. Runs on whatever Node the machine has (20 or newer) and
 * needs nothing installed: it installs what package-lock.json names, builds the pages if their sources changed, and
 * hands over to the pinned Node.
 */
import { spawn } from "node:child_process";
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

/** How often it is looked whether npm still lives, in milliseconds. */
const LOOK_MS = 500;

/** What runs at this moment, and whether what it began in turn is stopped with it: it then leads a group of its own. */
let running;
endWithParent();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));

const [purpose, ...words] = process.argv.slice(2);
await install();
switch (purpose) {
  case "start":
    await build();
    handOver([join(ROOT, "bin", "start.ts"), ...words]);
    break;
  case "dev":
    await build();
    handOver([join(ROOT, "bin", "dev.ts"), ...words]);
    break;
  case "build":
    await build();
    break;
  case "candor":
    if (["serve", "export"].includes(words[0] ?? "")) await build();
    handOver([join(ROOT, "bin", "candor.ts"), ...words]);
    break;
  case "test":
    await build();
    handOver([join(ROOT, "scripts", "test.ts"), ...words]);
    break;
  case "soak":
    if (words[0] === "suite" || words[0] === "attack") await build();
    handOver([join(ROOT, "scripts", `soak-${words[0] ?? "publish"}.ts`), ...words.slice(1)]);
    break;
  case "bench":
    await build();
    handOver([join(ROOT, "scripts", words[0] ? `bench-${words[0]}.ts` : "bench.ts"), ...words.slice(1)]);
    break;
  default:
    fail(`front-door: unknown purpose “${purpose ?? ""}”`);
}

/** Installs exactly what package-lock.json names, unless that is there already. */
async function install() {
  const stamp = hashOf(["package-lock.json"]);
  if (existsSync(NODE) && isStamped("install", stamp)) return;
  say("Installing what package-lock.json names (once; about a minute)");
  const npm = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code } = await finish("npm", npm, {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (code !== 0) fail(`“npm ${npm.join(" ")}” failed; what it said stands above.`);
  if (!existsSync(NODE)) {
    fail(
      "The package “node”, which brings the pinned runtime, did not install. Allow its install script: npm rebuild node",
    );
  }
  setStamp("install", stamp);
}

/** Builds the pages, unless nothing they are made from has changed. */
async function build() {
  const stamp = hashOf(SOURCES);
  if (existsSync(join(ROOT, ".next", "BUILD_ID")) && isStamped("build", stamp)) return;
  say("Building the pages (once, and after a change; some seconds)");
  const { code, output } = await finish(NODE, [join(ROOT, "node_modules", "next", "dist", "bin", "next"), "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (code !== 0) fail(`The pages could not be built.\n${output}`);
  setStamp("build", stamp);
}

/**
 * Runs the pinned Node in this one's place: signals go on to it, and its end is ours. It ends when this one is gone: the
 * channel between them closes then.
 */
function handOver(args) {
  const child = spawn(NODE, [...FLAGS, ...args], {
    cwd: ROOT,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {
      NODE_ENV: "production",
      // What was compiled once need not be again: a command answers in a third of the time.
      NODE_COMPILE_CACHE: join(STAMPS, "compiled"),
      ...process.env,
      ...(purpose === "test" || (purpose === "soak" && words[0] === "suite") ? { NODE_ENV: "test" } : {}),
      NEXT_TELEMETRY_DISABLED: "1",
    },
  });
  running = { child, isGroup: false };
  child.on("error", (error) => fail(String(error)));
  child.on("exit", (code, signal) => endAs(code, signal));
}

/** Runs a command to its end. @returns its exit code, and what it wrote */
function finish(command, args, options) {
  const isGroup = process.platform !== "win32";
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    detached: isGroup,
    ...options,
  });
  running = { child, isGroup };
  const parts = [];
  child.stdout?.on("data", (part) => parts.push(part));
  child.stderr?.on("data", (part) => parts.push(part));
  return new Promise((done) => {
    child.on("error", (error) => done({ code: 1, output: `${error}\n` }));
    child.on("close", (code, signal) => {
      if (running.isToldToStop) endAs(code, signal ?? "SIGTERM");
      else done({ code, output: Buffer.concat(parts).toString() });
    });
  });
}

/** Passes a signal on to what runs, and to all that it began where it leads a group. */
function stop(signal) {
  if (!running) endAs(undefined, signal);
  running.isToldToStop = true;
  try {
    if (running.isGroup) process.kill(-running.child.pid, signal);
    else running.child.kill(signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** Ends as another process did. */
function endAs(code, signal) {
  if (!signal) process.exit(code ?? 1);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/**
 * npm may be killed without a word to anybody. Whoever started this without npm may go: it was perhaps meant to stay.
 */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(looking);
    stop("SIGTERM");
  }, LOOK_MS);
  looking.unref();
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
