import { closest, distance } from "fastest-levenshtein";
import { EFFECTS as EFFECT_NAMES, type Effect, type Impact } from "#lib/model/incident.ts";

/** What a word of the old site amounts to; `fault` when it had to be guessed at. */
interface Taken<T> {
  readonly value: T;
  readonly fault?: string;
}

const EFFECTS: Readonly<Record<string, Effect>> = {
  down: "major_outage",
  disrupted: "partial_outage",
  notice: "degraded_performance",
  ok: "operational",
};
/** Words of cState's forebears and of everyday speech. */
const LIKE_EFFECTS: Readonly<Record<string, Effect>> = {
  downtime: "major_outage",
  outage: "major_outage",
  "major-outage": "major_outage",
  critical: "major_outage",
  high: "major_outage",
  degraded: "degraded_performance",
  "degraded-performance": "degraded_performance",
  "partial-outage": "partial_outage",
  disruption: "partial_outage",
  medium: "partial_outage",
  minor: "degraded_performance",
  low: "degraded_performance",
  announcement: "degraded_performance",
  informational: "operational",
  info: "operational",
  none: "operational",
  maintenance: "under_maintenance",
  "under-maintenance": "under_maintenance",
};

export const IMPACT_OF: Readonly<Record<Effect, Impact>> = {
  operational: "none",
  under_maintenance: "none",
  degraded_performance: "minor",
  partial_outage: "major",
  major_outage: "critical",
};

/** The effect a severity has on the systems that an incident names. */
export function readSeverity(written: string): Taken<Effect | undefined> {
  const word = written.toLowerCase();
  if (word === "") return { value: undefined };
  const known = EFFECTS[word];
  if (known) return { value: known };
  const named = EFFECT_NAMES.find((effect) => effect === word.replace(/[\s-]+/g, "_"));
  if (named) return { value: named };
  const like = LIKE_EFFECTS[word.replace(/[\s_]+/g, "-")];
  if (like) return { value: like, fault: `it is no severity of cState; taken as ${like}` };
  const near = closest(word, Object.keys(EFFECTS));
  const guessed = distance(word, near) <= 3 ? EFFECTS[near] : undefined;
  if (guessed) return { value: guessed, fault: `taken as “${near}”` };
  return { value: undefined, fault: "it is no severity; the components were listed without an effect" };
}

const TRUTHS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  y: true,
  "1": true,
  false: false,
  no: false,
  off: false,
  n: false,
  "0": false,
};

/** Whether a key says yes; undefined when it is absent or says neither. */
export function readTruth(written: string): Taken<boolean | undefined> {
  const word = written.toLowerCase();
  if (word === "") return { value: undefined };
  const known = TRUTHS[word];
  if (known !== undefined) return { value: known };
  const near = closest(word, ["true", "false"]);
  if (distance(word, near) <= 2) return { value: TRUTHS[near], fault: `taken as “${near}”` };
  return { value: undefined, fault: "it is neither true nor false; passed over" };
}
