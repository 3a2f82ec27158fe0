import { afterAll } from "vitest";

/** What the next file in the same process would find: variables, the folder it is in, and what tests like to replace. */
const surroundings = (): Readonly<Record<string, unknown>> => ({
  ...process.env,
  "the working folder": process.cwd(),
  Date,
  fetch,
  setTimeout,
  "performance.now": performance.now,
});

const before = surroundings();

// Values are not said: among the variables may be secrets.
afterAll(() => {
  const now = surroundings();
  const changed = Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name]);
  if (changed.length > 0) throw new Error(`Others in its process find changed by this file: ${changed.join(", ")}`);
});
