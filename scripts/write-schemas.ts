import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { jsonSchemas } from "#lib/content/parse/json-schema.ts";

/** Makes docs/schema from the schema in the code. `tests/parse/json-schema.test.ts` says when it has to be made again. */
const folder = resolve(import.meta.dirname, "../docs/schema");
mkdirSync(folder, { recursive: true });
for (const [file, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(resolve(folder, file), `${JSON.stringify(schema, null, 2)}\n`);
}
