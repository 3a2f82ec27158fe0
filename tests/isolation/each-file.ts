import { existsSync, readFileSync, rmSync } from "node:fs";
import { afterAll, afterEach } from "vitest";
import { ownFolders } from "./isolate.ts";

const own = ownFolders();

// The name of the test is what Vitest says with it.
afterEach(() => {
  if (!existsSync(own.refusals)) return;
  const refused = readFileSync(own.refusals, "utf8");
  rmSync(own.refusals);
  throw new Error(`This test wanted to read or write outside of folders that it made:\n${refused}`);
});

afterAll(() => own.remove());
