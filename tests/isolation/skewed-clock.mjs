// Loaded before a program: its clock on the wall is off by so many milliseconds, as if somebody set it. They stand in a
// file, where they may change, or in the variable that “npm run soak -- dates” sets for all tests.
import { readFileSync } from "node:fs";

const file = process.env["SKEW_FILE"] ?? "";
const Real = Date;
const always = Number(process.env["CANDOR_SUITE_SKEW"]);
const skew = () => (file === "" ? always : Number(readFileSync(file, "utf8")));

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + skew());
    else super(...given);
  }

  static now() {
    return Real.now() + skew();
  }
};
