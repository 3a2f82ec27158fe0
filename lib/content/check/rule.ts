import type { SiteConfig } from "#lib/model/config.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Place, Problem } from "#lib/model/problem.ts";
import type { RuleName } from "#lib/model/rule-names.ts";
import type { ParsedEntry } from "../parse/entry.ts";
import type { Secret } from "../secrets/find.ts";
import type { Mention } from "./mentions.ts";
import type { Prose } from "./prose.ts";

/** What the files of a folder have in common under check. */
export interface FolderContext {
  readonly config: SiteConfig;
  /** Every path below the content folder, with `/`. */
  readonly paths: ReadonlySet<string>;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The slugs that readers know, as they were last published. */
  readonly published?: readonly string[];
  /** What is secret in site.yaml. */
  readonly siteSecrets?: readonly PlacedSecret[];
}

/** One file under check, with everything a rule may ask about it and its neighbours. */
export interface RuleContext extends FolderContext {
  readonly entry: Entry;
  readonly parsed: ParsedEntry;
  /** The links, images, HTML and directives of the report and of every update. */
  readonly mentions: readonly Mention[];
  /** The words of the title, the updates and the report, in this order; none where there is too much of them. */
  readonly prose: readonly Prose[];
  /** The files that claim each slug. */
  readonly slugs: ReadonlyMap<string, readonly string[]>;
  /** What must not be published of it, whether or not site.yaml allows it. */
  readonly secrets: readonly PlacedSecret[];
}

/** Something in a file that must not be published. */
export interface PlacedSecret extends Pick<Secret, "kind" | "fingerprint"> {
  readonly place: Place;
  /** What it is and how it stands there, as a sentence that does not show it. */
  readonly message: string;
}

/** What a rule found: a problem less the name and severity of the rule. */
export interface Finding {
  readonly place: Place;
  readonly message: string;
  readonly remedy: string;
  readonly related?: Place;
}

/**
 * A content folder in small: the text of one file, `2026/example.md`, or several by their paths (a file that is no
 * Markdown may be empty). Its site has the components `api`, `web` and `email`.
 */
export type Example =
  | string
  | {
      readonly files: Readonly<Record<string, string>>;
      /** More of site.yaml. */
      readonly site?: string;
      readonly published?: readonly string[];
    };

/** An example, and what the rule finds in it: line, column and message, after the path where there are several files. */
export type BadExample = readonly [example: Example, ...finds: string[]];

/** What authors are told of something that can be held against a file. */
export interface Guidance {
  readonly id: RuleName;
  readonly severity: Problem["severity"];
  /** Only a warning in a draft, of which nothing is published. */
  readonly inDrafts?: "warning";
  /** What is expected of a file, in one sentence. */
  readonly summary: string;
  /** Why, and what to do, in Markdown. */
  readonly why: string;
  /** Run as its tests and shown in its documentation. */
  readonly examples: { readonly good: readonly Example[]; readonly bad: readonly BadExample[] };
}

/** One check of one file. */
export interface FileRule extends Guidance {
  readonly check: (subject: RuleContext) => Iterable<Finding>;
}

/**
 * One check of a whole folder. Files are looked at one at a time, maybe in several threads, so of each it keeps notes:
 * plain values, as few as it needs.
 */
export interface FolderRule<Note> extends Guidance {
  readonly note: (subject: RuleContext) => Iterable<Note>;
  readonly compare: (notes: readonly Note[], folder: FolderContext) => Iterable<Finding>;
}

// biome-ignore lint/suspicious/noExplicitAny: each rule of a folder alone knows what its notes are
export type Rule = FileRule | FolderRule<any>;
