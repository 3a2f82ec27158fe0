import type { Problem } from "#lib/model/problem.ts";

/** Where on an event's page something belongs: under its title, at an update, or behind a block of its report. */
export type Spot =
  | { readonly at: "top" }
  | { readonly at: "update"; readonly id: string }
  | { readonly at: "report"; readonly block: number };

/** What a subscriber would read of one update. */
export interface Notice {
  readonly update: string;
  readonly subject: string;
  readonly text: string;
  readonly chat: string;
}

/** What a writer is told on a page that no reader is. */
export interface PageNotes {
  /** Changes with every save. */
  readonly version: string;
  /** Of the whole folder, each with the address where it is told in full. */
  readonly problems: readonly (Problem & { readonly page: string })[];
  /** Addresses of events that are drafts. */
  readonly drafts: ReadonlySet<string>;
  /** Of the page's own file. */
  readonly here?: {
    readonly file: string;
    /** What is shown may be older than the file. */
    readonly hasErrors: boolean;
    /** Whether anything of it can be shown at all. */
    readonly isDrawn: boolean;
    readonly isDraft: boolean;
    readonly problems: readonly (Problem & { readonly spot: Spot })[];
    readonly notices: readonly Notice[];
  };
}
