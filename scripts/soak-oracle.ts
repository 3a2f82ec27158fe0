import { parseArgs } from "node:util";
import type { Evidence, Fault } from "./oracle/evidence.ts";
import { judge } from "./oracle/judge.ts";
import { type Plan, planOf } from "./oracle/plan.ts";
import { play } from "./oracle/play.ts";

/**
 * `npm run soak -- oracle [--worlds 20] [--seed 1] [--store sqlite|postgres] [--jobs 1] [--jumps]`: random worlds of news, subscribers
 * and receivers, played with real processes and held against rules of their own (scripts/oracle/rules.ts). A world that is
 * not as it has to be is printed with its seed: `--worlds 1 --seed <seed>` plays it again.
 */
const { values } = parseArgs({
  options: {
    worlds: { type: "string", default: "20" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    store: { type: "string", default: "sqlite" },
    jobs: { type: "string", default: "1" },
    jumps: { type: "boolean", default: false },
  },
});
const first = Number(values.seed);
const sum = { worlds: 0, messages: 0, notices: 0, halts: 0, faulty: 0 };
const begun = performance.now();
const line = (text: string) => process.stdout.write(`${text}\n`);
await using postgres =
  values.store === "postgres" ? await import("#tests/postgres.ts").then((one) => one.startPostgres()) : undefined;
// Whoever stops it is told how far it came; worlds under way are left as they are.
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    line(`\n${JSON.stringify(sum)}`);
    process.exit(1);
  });
}
const seeds = Array.from({ length: Number(values.worlds) }, (_, n) => first + n).values();
await Promise.all(Array.from({ length: Number(values.jobs) }, worker));
line(`\n${JSON.stringify({ ...sum, seconds: Math.round((performance.now() - begun) / 1_000) })}`);
if (sum.faulty > 0) process.exitCode = 1;

/** Plays one world after the other, as long as there are any. */
async function worker(): Promise<void> {
  for (const seed of seeds) {
    const plan = planOf(seed, { withJumps: values.jumps });
    try {
      const evidence = await play(plan, postgres ? { databaseUrl: await postgres.createDatabase() } : {});
      report(plan, evidence, judge(evidence));
    } catch (error) {
      sum.faulty += 1;
      line(`\nSeed ${seed}: it could not be played. ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}

function report({ seed, steps }: Plan, evidence: Evidence, faults: readonly Fault[]): void {
  sum.worlds += 1;
  sum.messages += evidence.got.length;
  sum.notices += evidence.sealed.length;
  sum.halts += evidence.halts.length;
  if (faults.length === 0) {
    if (process.stdout.isTTY) process.stdout.write(`\rWorld ${seed} is as it has to be. ${JSON.stringify(sum)} `);
    return;
  }
  sum.faulty += 1;
  line(`\nSeed ${seed}: ${faults.length} faults`);
  line(steps.map((step) => `  ${JSON.stringify(step)}`).join("\n"));
  for (const [rule, all] of Map.groupBy(faults, (fault) => fault.rule)) {
    const some = all.slice(0, 3).map(({ what }) => what);
    line(`  ${rule} (${all.length}): ${some.join("\n    ")}`);
  }
}
