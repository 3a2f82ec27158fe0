import type { GuardSettings } from "./guard.ts";
import type { Effect } from "./incident.ts";
import type { Level, SettableRule } from "./rule-names.ts";
import type { ChannelName } from "./subscription.ts";
import type { Day } from "./time.ts";

/** A part of the product that customers know by name. */
export interface Component {
  readonly id: string;
  readonly name: string;
  /** Ids it had before, which lead to it. */
  readonly former?: readonly string[];
  /** The heading under which it is listed. */
  readonly group?: string;
  readonly description?: string;
  /** The first date for which its state is known. */
  readonly since?: Day;
}

/** A place where the product runs. */
export interface Region {
  readonly id: string;
  readonly name: string;
}

/** The ids, each twelve letters and digits, under which programs know what was moved in from another page. */
export interface FormerIds {
  readonly page?: string;
  /** The host that ids of feeds and calendars end in, where that of `url` was another one when they were first given. */
  readonly host?: string;
  /** A component's id → its former one. */
  readonly components?: Readonly<Record<string, string>>;
  /** A group's name → its former id. */
  readonly groups?: Readonly<Record<string, string>>;
}

/** Which words of a monitoring system's alerts mean which components and effects. */
export interface AlertMapping {
  /** The label that names what is affected. */
  readonly componentLabel: string;
  /** A value of that label → a component's id; a value that is an id needs no entry. */
  readonly components: Readonly<Record<string, string>>;
  readonly severityLabel: string;
  /** A value of that label → what such an alert does to the component. */
  readonly severity: Readonly<Record<string, Effect>>;
}

/** What Prometheus' users usually call things. */
export const ALERT_MAPPING: AlertMapping = {
  componentLabel: "component",
  components: {},
  severityLabel: "severity",
  severity: { critical: "major_outage", error: "partial_outage", warning: "degraded_performance", info: "operational" },
};

/** What subscribers are told, and how carefully. */
export interface NoticeConfig {
  /** Nothing that happened longer ago than this is told, in milliseconds. */
  readonly announceWithinMs: number;
  /** How long before a maintenance begins subscribers are reminded, in milliseconds; 0 for no reminder. */
  readonly remindBeforeMs: number;
  /** A notice to more recipients than this on one channel waits for a second person. */
  readonly approveAbove: number;
  /** Where it is not certain what is new, nothing is published that concerns more recipients than this, unless it is accepted. */
  readonly unclearAbove: number;
  /** The share of failed messages, from 0 to 1, that stops a notice. */
  readonly failureLimit: number;
  /** Channels on which a message that may have arrived is sent again, because receivers know a repetition by its id. */
  readonly repeatUnknown: readonly ChannelName[];
}

/** What a site does that says nothing of notices. */
export const NOTICE_CONFIG: NoticeConfig = {
  announceWithinMs: 86_400_000,
  remindBeforeMs: 86_400_000,
  approveAbove: 10_000,
  unclearAbove: 100,
  failureLimit: 0.2,
  repeatUnknown: [],
};

/** Whom to tell of a vulnerability: the fields of RFC 9116. */
export interface SecurityContact {
  /** `mailto:`, `tel:` or `https:`, the preferred one first. */
  readonly contacts: readonly string[];
  readonly encryption?: string;
  readonly policy?: string;
  readonly acknowledgments?: string;
}

/** Who may subscribe by themselves. */
export interface SignupConfig {
  /** Closed, nobody new can; those who have subscribed stay. */
  readonly isOpen: boolean;
  /** Domains of e-mail addresses that may; all when empty. */
  readonly domains: readonly string[];
}

/** `site.yaml`, checked. */
export interface SiteConfig {
  readonly name: string;
  /** Absolute base of every link in feeds and notices, without a closing slash. */
  readonly url: string;
  readonly description: string;
  /** IANA name: the zone of times written without an offset, and of days. */
  readonly timezone: string;
  /** BCP 47 tag. */
  readonly locale: string;
  readonly support: { readonly email?: string; readonly url?: string; readonly phone?: string };
  readonly components: readonly Component[];
  /** Where the product runs. */
  readonly regions?: readonly Region[];
  /** How soon after the end reports are promised, in milliseconds. */
  readonly reports: {
    readonly preliminaryWithinMs?: number;
    readonly finalWithinMs?: number;
    /** Words that the headings of a final report must hold; left out, the usual three. */
    readonly sections?: readonly string[];
  };
  /** What rules weigh here, where that is not as usual. */
  readonly checks?: Readonly<Partial<Record<SettableRule, Level>>>;
  /** Words of the house that customers do not know. */
  readonly jargon?: readonly string[];
  /** How alerts become drafts; the usual labels unless told otherwise. */
  readonly alerts?: AlertMapping;
  /** What must not be published. It names names, so it is no part of what is published. */
  readonly guard?: GuardSettings;
  /** As `NOTICE_CONFIG` unless told otherwise. */
  readonly notices?: NoticeConfig;
  readonly formerIds?: FormerIds;
  /** Where a WebSub hub is told that a feed has something new. */
  readonly hub?: string;
  readonly security?: SecurityContact;
  /** Open to everybody unless told otherwise. */
  readonly signup?: SignupConfig;
}
