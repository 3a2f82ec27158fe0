/**
 * Loaded first into every process of Node.js that a test runs in or starts (`isolate.ts`): it refuses to write anywhere
 * but in folders for temporary files and for what tools make, and to look into the data folder beside the sources, where
 * the site of whoever runs the tests may be. Each refusal is also noted, as it may be caught on its way.
 * Node.js can refuse by itself (--permission), but then no symbolic link may be made, and the tests need some.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(import.meta.dirname, "../..");

/** Below the sources, what tools write; the tests' own folder is for texts that were approved. */
const MADE = ["artifacts", ".next", ".candor", "node_modules", "tests"].map((name) => join(ROOT, name));

const OUTSIDE = [process.env.CANDOR_TEST_TEMPORARY, process.env.CANDOR_TEST_REFUSALS, tmpdir(), "/dev", "/proc"]
  .filter(Boolean)
  .flatMap(withReal);

const DATA = join(ROOT, "data");

/** What changes a file, by the place of the path among its arguments. */
const WRITES = {
  0: "appendFile chmod chown createWriteStream lchown lutimes mkdir mkdtemp rename rm rmdir truncate unlink utimes writeFile",
  1: "copyFile cp link rename symlink",
};
const READS = "access createReadStream exists lstat open opendir readFile readdir realpath stat watch";

const noted = fs.appendFileSync;

for (const [place, names] of Object.entries(WRITES)) {
  for (const name of names.split(" ")) guard(name, (args) => refuse("write", args[place]));
}
for (const name of READS.split(" ")) {
  guard(name, (args) => {
    const isToWrite = name === "open" && typeof args[1] !== "function" && !["r", "rs", 0, undefined].includes(args[1]);
    refuse(isToWrite ? "write" : "read", args[0]);
  });
}
syncBuiltinESMExports();

/** Looks at what a function is given, in each of the three forms that it has. */
function guard(name, look) {
  for (const [holder, key] of [
    [fs, name],
    [fs, `${name}Sync`],
    [fs.promises, name],
  ]) {
    const original = holder[key];
    if (typeof original !== "function") continue;
    const guarded = (...args) => {
      if (holder !== fs.promises) look(args);
      else {
        try {
          look(args);
        } catch (error) {
          return Promise.reject(error);
        }
      }
      return Reflect.apply(original, holder, args);
    };
    // What hangs on it: realpath.native, and the form for util.promisify.
    holder[key] = Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
  }
}

function refuse(what, given) {
  const path = pathOf(given);
  if (path === undefined || isFree(what, path)) return;
  const file = process.env.CANDOR_TEST_REFUSALS;
  if (file) noted(file, `${what} ${path}\n`);
  throw Object.assign(new Error(`A test may not ${what} outside of folders that it made: ${path}`), { code: "EACCES" });
}

function isFree(what, path) {
  if (what === "read") return !isIn(path, DATA);
  return isIn(path, ROOT) ? MADE.some((folder) => isIn(path, folder)) : OUTSIDE.some((folder) => isIn(path, folder));
}

function isIn(path, folder) {
  return path === folder || path.startsWith(folder + sep);
}

function pathOf(given) {
  if (typeof given === "string") return resolve(given);
  if (given instanceof URL) return resolve(fileURLToPath(given));
  return Buffer.isBuffer(given) ? resolve(given.toString()) : undefined;
}

function withReal(folder) {
  try {
    return [resolve(folder), fs.realpathSync(folder)];
  } catch {
    return [resolve(folder)];
  }
}
