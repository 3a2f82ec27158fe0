import { defineConfig } from "vitest/config";
import { isolateProcess } from "./tests/isolation/isolate.ts";

isolateProcess();

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    exclude: ["tests/e2e/**", "tests/fixtures/**", "**/node_modules/**"],
    environment: "node",
    setupFiles: ["tests/isolation/each-file.ts"],
    globalSetup: ["tests/shared-postgres.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Longer, and it hangs: no test judges the machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
