import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Author } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { RequestProblem } from "../intake/requests.ts";
import { type ContentFolder, openContentFolder, type Written } from "./content-folder.ts";
import type { FoundEntry, NotFound } from "./find-entry.ts";
import { type Committed, commitFile } from "./git.ts";
import { Versions, versionOf } from "./versions.ts";
import type { InvalidInput } from "./write.ts";

/** What became of something that was to be written for somebody who is not at the shell. */
export type Outcome =
  | {
      readonly kind: "written";
      readonly slug: string;
      readonly file: string;
      readonly text: string;
      readonly version: string;
      readonly warnings: readonly Problem[];
      /** Absent after a rehearsal, which writes nothing. */
      readonly commit?: Committed;
    }
  | { readonly kind: "refused"; readonly problems: readonly Problem[] }
  | ({ readonly kind: "not-found" } & NotFound)
  | {
      /** Somebody else changed the file since the version that was seen. */
      readonly kind: "changed";
      readonly file: string;
      /** The version it has now. */
      readonly version: string;
      /** What they changed, as a unified diff; absent when the version that was seen is no longer known. */
      readonly diff?: string;
    };

interface Order {
  readonly by: Author;
  readonly isRehearsal: boolean;
  /** The first words of the commit's message; the slug follows. */
  readonly deed: string;
}

export interface ChangeOrder extends Order {
  readonly slug: string;
  /** The version of the file that was seen; any will do when none is named. */
  readonly version?: string | undefined;
}

type Change = (contentFolder: ContentFolder, found: FoundEntry, now: number) => Promise<Written>;

/** Another command holds a file for a moment only. */
const TRIES = 5;
const PAUSE_MS = 100;

/** Writes for others, one at a time, and commits each file in their name. */
export class ContentWriter {
  readonly versions = new Versions();
  readonly #environment: Environment;
  readonly #clock: () => number;
  #last: Promise<unknown> = Promise.resolve();

  constructor(environment: Environment, clock: () => number) {
    this.#environment = environment;
    this.#clock = clock;
  }

  /** Does something while nothing else is written here. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Writes a new file. */
  create(order: Order, write: (contentFolder: ContentFolder, now: number) => Promise<Written>): Promise<Outcome> {
    return understood(async () => {
      const now = this.#clock();
      const written = await write(await openContentFolder(this.#environment, now, order), now);
      return written.kind === "changed" ? justTaken(written.file) : await this.#outcome(order, written);
    });
  }

  /** Writes a change to a file that is there. */
  change(order: ChangeOrder, write: Change): Promise<Outcome> {
    return understood(() => this.#change(order, write, TRIES));
  }

  async #change(order: ChangeOrder, write: Change, tries: number): Promise<Outcome> {
    const now = this.#clock();
    const contentFolder = await openContentFolder(this.#environment, now, order);
    const found = await contentFolder.find(order.slug);
    if ("reason" in found) return { kind: "not-found", ...found };
    const seen = this.versions.keep(found.text);
    if (order.version !== undefined && order.version !== seen) return this.#changed(found, order.version);
    const written = await write(contentFolder, found, now);
    if (written.kind !== "changed") return await this.#outcome(order, written);
    const again = await contentFolder.find(order.slug);
    if ("reason" in again) return { kind: "not-found", ...again };
    if (again.text !== found.text || tries === 0) return this.#changed(again, seen);
    // Another command holds the file and has not changed it yet, or never will.
    await setTimeout(PAUSE_MS);
    return await this.#change(order, write, tries - 1);
  }

  async #outcome(order: Order, written: Exclude<Written, { kind: "changed" }>): Promise<Outcome> {
    if (written.kind === "refused") return written;
    const { file, text, warnings } = written;
    const slug = basename(file, ".md");
    const done = { kind: "written", slug, file, text, warnings, version: versionOf(text) } as const;
    if (order.isRehearsal) return done;
    this.versions.keep(text);
    return { ...done, commit: await this.commit(file, `${order.deed} ${slug}`, order.by) };
  }

  /** Commits a file that was written, unless the settings say that git is left alone. */
  async commit(file: string, message: string, author: Author): Promise<Committed> {
    if (this.#environment.git === "off") return { kind: "no-work-tree" };
    return await commitFile(this.#environment.content, { file, message, author });
  }

  #changed({ file, text }: FoundEntry, seen: string): Outcome {
    const diff = this.versions.diff(file, seen, text);
    return { kind: "changed", file, version: versionOf(text), ...(diff === undefined ? {} : { diff }) };
  }
}

/** A file that came into being this very moment: to whoever wanted to write it, its address is taken. */
function justTaken(file: string): Outcome {
  const place = { file, line: 1, column: 1 };
  const message = `${file} has just been written by somebody else.`;
  const remedy = "Look at it first; it may be what you wanted to write.";
  return { kind: "refused", problems: [{ rule: "duplicate-slug", severity: "error", place, message, remedy }] };
}

/** What was said and cannot be understood, as a problem of what was said. */
async function understood(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const problem = problemOf(error);
    if (problem) return { kind: "refused", problems: [problem] };
    throw error;
  }
}

function problemOf(error: unknown): Problem | RequestProblem | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const at = (file: string) => ({ severity: "error", place: { file, line: 1, column: 1 } }) as const;
  switch (error.code) {
    case "BAD_TIME":
    case "WINDOW_OVER": {
      const { field, fault } = error as InvalidInput;
      return { rule: "bad-time", ...at(`request#/${field}`), ...fault, field };
    }
    case "CANNOT_EDIT":
      return { rule: "cannot-edit", ...at("request"), message: error.message, remedy: "Edit the file by hand." };
    case "NO_SITE":
    case "NO_CONTENT":
      return { rule: "no-site", ...at("site.yaml"), message: error.message, remedy: "Mend it on the server first." };
    default:
      return undefined;
  }
}
