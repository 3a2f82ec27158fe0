import type { Role } from "#lib/model/access.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Halt, Reach } from "#lib/model/delivery.ts";
import type { NoticeKind } from "#lib/model/notice.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import type { ContentChanges } from "#lib/publishing/changes/content-changes.ts";

/** A page of the operator's: all that it needs to be drawn. */
export interface OperatorView {
  readonly frame: OperatorFrame;
  readonly page: OperatorPage;
}

/** What every page of the operator's knows. */
export interface OperatorFrame {
  readonly config: SiteConfig;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Absent on the page where one signs in. */
  readonly person?: SignedIn;
}

/** Somebody who is signed in. */
export interface SignedIn {
  readonly name: string;
  readonly role: Role;
  /** Goes with every form, so that no other site can send one. */
  readonly csrf: string;
  /** What was just done, told once. */
  readonly notice?: string;
}

export type OperatorPage =
  | SignInView
  | OverviewView
  | DeclareView
  | ChangeView
  | EventView
  | ReportView
  | TakeBackView
  | MissingView
  | ProposalView
  | DeliveryView
  | NoticeView;

export type AnyEvent = Incident | Maintenance;

/** What somebody has typed into a form, by the names of its fields; given back when the form is shown again. */
export type Typed = Readonly<Record<string, string>>;

/** What proves that a form is ours, and keeps it from being done twice. */
export interface FormMarks {
  readonly csrf: string;
  /** Sent again, a form with the same key is not done again. */
  readonly key: string;
}

/** What was being sent when a session ended goes along, and comes back in its form. */
export interface SignInView {
  readonly kind: "sign-in";
  /** The path that is led to afterwards. */
  readonly next: string;
  readonly carried: Typed;
  readonly fault?: string;
}

export interface OverviewView {
  readonly kind: "overview";
  readonly site: Site;
  /** Slugs of what is kept off the site. */
  readonly drafts: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** The change that could be taken back. */
  readonly lastChange?: { readonly file: string; readonly at: number };
  /** What keeps messages from leaving or is wrong otherwise, as sentences with a remedy. */
  readonly troubles: readonly string[];
  /** Present while the clock is in doubt. */
  readonly clock?: {
    /** Why, as a sentence that says what time it shows. */
    readonly doubt: string;
    /** Of the form of whoever may say that it is right. */
    readonly marks?: FormMarks;
  };
}

/** A form with what became of it so far. */
export interface FormState {
  readonly marks: FormMarks;
  readonly typed: Typed;
  readonly problems?: readonly Problem[];
  /** What somebody else changed meanwhile; without `diff`, what the file said before is not known any more. */
  readonly changed?: { readonly file: string; readonly diff?: string };
  /** What customers will read, once it has been looked through. */
  readonly preview?: PreviewedUpdate;
}

export interface PreviewedUpdate {
  readonly site: Site;
  readonly event: AnyEvent;
  readonly update: Update;
  readonly warnings: readonly Problem[];
}

/** The form of a new incident, or of new maintenance. */
export interface DeclareView {
  readonly kind: "declare" | "maintain";
  readonly state: FormState;
}

/** The form that moves the window of maintenance, or corrects the text of an update. */
export interface ChangeView {
  readonly kind: "move" | "correct";
  readonly path: string;
  readonly event: AnyEvent;
  readonly state: FormState;
}

/** One incident or maintenance, with the form of its next update. */
export interface EventView {
  readonly kind: "event";
  readonly site: Site;
  readonly event: AnyEvent;
  readonly isDraft: boolean;
  readonly hasReport: boolean;
  readonly state: FormState;
}

export interface ReportView {
  readonly kind: "report";
  readonly path: string;
  readonly site: Site;
  readonly event: AnyEvent;
  /** Names of the templates a report can begin from. */
  readonly templates: readonly string[];
  readonly marks: FormMarks;
  readonly version: string;
  readonly isAllowed: boolean;
  /** Something stands below the front matter, be it only headings. */
  readonly isBegun: boolean;
  readonly problems: readonly Problem[];
}

export interface TakeBackView {
  readonly kind: "take-back";
  /** The change that would be taken back; absent when there is none. */
  readonly last?: { readonly file: string; readonly isNew: boolean; readonly at: number };
  /** Of whoever may do it. */
  readonly marks?: FormMarks;
  readonly fault?: string;
}

/** There is no such incident, or its file cannot be read. */
export interface MissingView {
  readonly kind: "missing";
  readonly problems: readonly Problem[];
}

/** What is about to be shown to readers, or to be shown to them again. */
export interface ProposalView {
  readonly kind: "publish" | "rollback";
  /** What is shown now. */
  readonly shown?: { readonly id: number; readonly publishedAt: number; readonly publishedBy: string };
  /** Absent when nothing would change, or nothing can be published. */
  readonly changes?: ContentChanges;
  /** What subscribers would be told. */
  readonly told: readonly ToldView[];
  /** After a restoration: what has to be decided on, one by one, before anything is published. */
  readonly asked: readonly AskedView[];
  /** Why nobody would be told, as a sentence. */
  readonly silence?: string;
  /** What changes and is told nobody, and why. */
  readonly notTold: readonly Remark[];
  /** What is not certain. Where one is held, somebody has to accept it. */
  readonly unclear: readonly (Remark & { readonly isHeld: boolean })[];
  readonly problems: readonly Problem[];
  /** Something went otherwise than was expected. */
  readonly fault?: string;
  /** Names exactly these changes: others are not published in their place. */
  readonly seen: string;
  readonly marks: FormMarks;
  /** Whoever is signed in may do it. */
  readonly isAllowed: boolean;
}

/** An event that subscribers may know of, or not. */
interface AskedView {
  readonly slug: string;
  readonly subjects: readonly string[];
  /** `yes`, `no`, or empty as long as nobody has decided. */
  readonly answer: string;
}

/** A sentence or three about an event. */
interface Remark {
  readonly title: string;
  readonly text: string;
}

/** A notice before it is sent. */
export interface ToldView {
  readonly kind: NoticeKind;
  readonly subject: string;
  /** The text of its e-mail. */
  readonly text: string;
  /** How many get it on each channel. */
  readonly channels: readonly { readonly channel: string; readonly count: number; readonly isHeld: boolean }[];
  /** How many of them chose each part of the product. */
  readonly parts: readonly { readonly name: string; readonly count: number }[];
  /** What is unusual about it, as sentences. */
  readonly unusual: readonly string[];
}

/** Everything an operator needs to see and to stop what is being sent. */
export interface DeliveryView {
  readonly kind: "delivery";
  readonly path: string;
  readonly halts: readonly Halt[];
  /** Newest first. */
  readonly reach: readonly Reach[];
  /** What happened lately that somebody should know of. */
  readonly alarms: readonly string[];
  readonly marks: FormMarks;
  /** Whoever is signed in may halt, resume, approve and correct. */
  readonly isAllowed: boolean;
  readonly fault?: string;
  /** The page looks again by itself; where that can be stopped. */
  readonly still?: string;
  /** How many addresses get nothing until their owners say that they work again. */
  readonly aside: number;
  /** What checking the ledger came to. */
  readonly verified?: {
    readonly faults: readonly string[];
    readonly notes: readonly string[];
    readonly entries: number;
  };
}

/** One notice, its recipients and its correction. */
export interface NoticeView {
  readonly kind: "notice";
  readonly path: string;
  readonly reach: readonly [Reach, ...Reach[]];
  readonly recipients: readonly RecipientView[];
  /** How many more there are. */
  readonly more: number;
  /** What the correction says so far. */
  readonly message: string;
  /** What was sealed: as all recipients have it in common, or as `to` got it. */
  readonly sealed: readonly SealedView[];
  readonly to?: string;
  /** What the correction would say, and to how many, once that was asked for. */
  readonly preview?: { readonly subject: string; readonly text: string; readonly recipients: number };
  readonly marks: FormMarks;
  readonly isAllowed: boolean;
  readonly fault?: string;
}

export interface RecipientView {
  readonly channel: string;
  /** Masked; a pseudonym once it was erased. */
  readonly who: string;
  readonly state: string;
  readonly detail?: string;
}

/** What was sealed of a notice on one channel, with what it says of itself as sentences. */
export interface SealedView {
  readonly channel: string;
  readonly message: { readonly subject?: string; readonly text: string; readonly html?: string };
  readonly facts: readonly string[];
}
