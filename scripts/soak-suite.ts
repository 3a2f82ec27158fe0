/**
 * `npm run soak -- suite [step… [file…]]`: what `npm test` does, with every test at its full length (`tests/soak.ts`):
 * on every store, with every corpus, with as many random worlds and kills as they were written for.
 */
process.env["CANDOR_SOAK"] = "1";
await import("./test.ts");
