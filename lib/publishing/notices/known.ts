import { createHash } from "node:crypto";
import { markdownToText } from "#lib/markdown/parse.ts";
import type { Impact } from "#lib/model/incident.ts";
import type { Update } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";

/**
 * What has been published of an event before, kept for ever: nothing in it is told again, whatever becomes of the file.
 * It is the memory that makes renames, rewrites, roll backs and restored folders silent.
 */
export interface KnownEvent {
  /** Twelve characters of `[a-z0-9]`: the id of the event under its first slug, which it keeps through all renames. */
  readonly id: string;
  /** The id its file gave it last: it decides alone which event it is. */
  readonly writtenId?: string;
  /** Every slug it ever had, the newest last. */
  readonly slugs: readonly string[];
  /** What it was when it was first seen: those who asked for this kind hear the rest, whatever becomes of it. */
  readonly kind: "incident" | "maintenance";
  /** In a form that reformatting leaves alone. */
  readonly title: string;
  /** The earliest moment it can have started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** Every update it ever had, in the order in which they became known. */
  readonly updates: readonly KnownUpdate[];
  /** What subscribers believe of its state. An incident that was written down ahead is `planned` until it begins. */
  readonly state: "planned" | "open" | "over";
  /** Subscribers were told of it: then they are owed its end. */
  readonly isTold: boolean;
  /** How often it ended. */
  readonly endings: number;
  /** Of a maintenance: how often subscribers were told of another window. */
  readonly moves: number;
  /** Of a maintenance: the window subscribers know. */
  readonly window?: { readonly start: number; readonly end: number };
  /** Its maintenance was announced before the time for a reminder came, and the reminder is not due or not sent yet. */
  readonly awaitsReminder: boolean;
  readonly report: "none" | "preliminary" | "final";
  /** Everyone who may have heard of it still hears the rest: what was ever affected, and the worst impact it had. */
  readonly components: readonly string[];
  readonly impact?: Impact;
  /** Whom its last notice reached: whoever is concerned beyond that hears the whole story with the next. */
  readonly reached?: Pick<KnownEvent, "components" | "impact">;
  /** SHA-256 of the event when it was last looked at: an event that gives the same again has no news. */
  readonly seen: string;
}

/** One update as far as it takes to recognise it. */
export interface KnownUpdate {
  /** The id its file gave it last. */
  readonly writtenId?: string;
  /** The first 24 hexadecimal digits of the SHA-256 of its whole text, formatting aside. */
  readonly mark: string;
  /** The beginning of its text, formatting aside. */
  readonly text: string;
  /** The earliest moment it can mean, in milliseconds since the epoch. */
  readonly at: number;
  readonly status: string;
}

/** What is kept stays the same whatever language a site turns to. */
const KEPT_LANGUAGE = "en";

/** How much of a text is kept to recognise it by. */
const KEPT_TEXT = 240;

/** What a text says, less its formatting, capitals and spaces. */
export function plain(markdown: string): string {
  return markdownToText(markdown, KEPT_LANGUAGE).normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

export function knownUpdate({ body, at, status, writtenId }: Update): KnownUpdate {
  const text = plain(body);
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 24);
  const own = writtenId === undefined ? {} : { writtenId };
  return { ...own, mark, text: text.slice(0, KEPT_TEXT), at: earliest(at), status };
}
