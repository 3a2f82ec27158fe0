// Loaded before a program: its clock on the wall is off by so many milliseconds, as if somebody set it. They stand in a
// file, where they may change, or in the variable that “npm run soak -- dates” sets for all tests.
import { readFileSync } from "node:fs";

const file = process.env["SKEW_FILE"] ?? "";
const Real = Date;
const always = Number(process.env["CANDOR_SUITE_SKEW"]);
const now = () => Real.now() + (file === "" ? always : Number(readFileSync(file, "utf8")));

// No class of its own: libraries go through the methods of Date.prototype, which has to stay what it is.
globalThis.Date = new Proxy(Real, {
  construct: (date, given, made) => Reflect.construct(date, given.length === 0 ? [now()] : given, made),
  apply: () => new Date().toString(),
  get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
});
Real.prototype.constructor = globalThis.Date;
