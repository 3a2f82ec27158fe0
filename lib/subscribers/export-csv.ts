import { stringify } from "csv-stringify";
import { timingText } from "./forms/timing-text.ts";
import type { Listed } from "./roster.ts";

/**
 * Subscribers as CSV, with columns that `import` reads. What a spreadsheet would take for a formula is written with a
 * quote before it, which `import` takes away again.
 */
export function asCsv(subscribers: AsyncIterable<Listed>): AsyncIterable<string> {
  const writer = stringify({
    header: true,
    columns: [
      "id",
      "channel",
      "address",
      "state",
      "components",
      "topics",
      "least_impact",
      "detail",
      "every",
      "quiet",
      "maintenance",
      "zone",
      "created_at",
      "confirmed_at",
    ],
    escape_formulas: true,
    encoding: "utf8",
  });
  const fill = async () => {
    for await (const one of subscribers) {
      if (!writer.write(rowOf(one))) await new Promise((done) => writer.once("drain", done));
    }
    writer.end();
  };
  fill().catch((error: unknown) => writer.destroy(error instanceof Error ? error : new Error(String(error))));
  return writer;
}

function rowOf({ address, channel, confirmedAt, createdAt, id, interest, state }: Listed) {
  return {
    id,
    channel,
    address: address ?? "",
    state,
    components: interest.components.join(";"),
    topics: interest.topics.join(";"),
    least_impact: interest.leastImpact,
    ...timingText(interest),
    created_at: new Date(createdAt).toISOString(),
    confirmed_at: confirmedAt === undefined ? "" : new Date(confirmedAt).toISOString(),
  };
}
