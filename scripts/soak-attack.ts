import { mailBombing } from "./attack/mail-bombing.ts";
import { publicWork } from "./attack/public-work.ts";
import { secondPerson } from "./attack/second-person.ts";
import type { Finding } from "./attack/target.ts";

/**
 * `npm run soak -- attack [name…]`: what a stranger or a bad day does to the built server, with counts of what came of it.
 * Exits with 1 if anything got further than it may.
 */
const ATTACKS: Readonly<Record<string, () => Promise<Finding>>> = {
  "mail-bombing": mailBombing,
  "public-work": publicWork,
  "second-person": secondPerson,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(ATTACKS, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no attack ${unknown.join(", ")}. There is ${Object.keys(ATTACKS).join(", ")}.\n`);
  process.exit(2);
}
for (const [name, attack] of Object.entries(ATTACKS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const { counts, broken } = await attack();
  const told = Object.entries(counts).map(([what, count]) => `  ${what}: ${count}`);
  process.stdout.write(`${[name, ...told, ...broken.map((what) => `  BROKEN: ${what}`)].join("\n")}\n`);
  if (broken.length > 0) process.exitCode = 1;
}
