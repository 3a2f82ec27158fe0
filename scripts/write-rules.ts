import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { guidePage } from "#lib/content/check/guide.ts";

/** Makes docs/rules.md from the rules. `tests/check/guide.test.ts` says when it has to be made again. */
writeFileSync(resolve(import.meta.dirname, "../docs/rules.md"), guidePage());
