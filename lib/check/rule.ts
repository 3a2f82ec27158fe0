import type { SiteConfig } from "#lib/model/config.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Place, Problem } from "#lib/model/problem.ts";
import type { ParsedEntry } from "#lib/parse/entry.ts";
import type { Mention } from "./mentions.ts";

/** One file under check, with everything a rule may ask about it and its neighbours. */
export interface Subject {
  readonly entry: Entry;
  readonly parsed: ParsedEntry;
  readonly config: SiteConfig;
  /** The links, images, HTML and directives of the report and of every update. */
  readonly mentions: readonly Mention[];
  /** Every path below the content folder, with `/`. */
  readonly paths: ReadonlySet<string>;
  /** The files that claim each slug. */
  readonly slugs: ReadonlyMap<string, readonly string[]>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a rule found: a problem less the name and severity of the rule. */
export interface Finding {
  readonly place: Place;
  readonly message: string;
  readonly remedy: string;
  readonly related?: Place;
}

/** One check. Its id is what the author reads beside the problem. */
export interface Rule {
  readonly id: string;
  readonly severity: Problem["severity"];
  /** What it holds against a file, in one sentence. */
  readonly summary: string;
  readonly check: (subject: Subject) => Iterable<Finding>;
}
