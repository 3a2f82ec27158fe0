import type { Projection } from "./projection.ts";

interface Halted {
  readonly scope: unknown;
  readonly why: unknown;
  readonly at: number;
  readonly by: unknown;
  liftedAt: number | null;
  liftedBy: unknown;
}

/** Every halt is one that was ordered, and lifted only by whoever lifted it. */
export function haltsProjection(): Projection {
  const halts: Halted[] = [];
  return {
    see({ kind, at, data }) {
      if (kind === "halted") {
        const { scope, why, by } = data;
        halts.push({ scope, why, at, by, liftedAt: null, liftedBy: null });
      }
      const scopes = data["scopes"];
      if (kind !== "resumed" || !Array.isArray(scopes)) return;
      for (const halt of halts) {
        if (halt.liftedAt !== null || !scopes.includes(halt.scope)) continue;
        halt.liftedAt = at;
        halt.liftedBy = data["by"];
      }
    },
    async *faults(query) {
      const textOf = (...values: readonly unknown[]) => JSON.stringify(values);
      const expected = new Map<string, number>();
      for (const { scope, why, at, by, liftedAt, liftedBy } of halts) {
        const text = textOf(scope, why, at, by, liftedAt, liftedBy);
        expected.set(text, (expected.get(text) ?? 0) + 1);
      }
      for (const row of await query.selectFrom("halt").selectAll().execute()) {
        const text = textOf(row.scope, row.why, row.halted_at, row.halted_by, row.lifted_at, row.lifted_by);
        const left = (expected.get(text) ?? 0) - 1;
        if (left < 0) yield `Halt ${row.id} (${row.scope}) is not as it was ordered or lifted.`;
        else expected.set(text, left);
      }
      for (const [text, left] of expected) if (left > 0) yield `A halt is not as it was ordered or lifted: ${text}.`;
    },
  };
}
