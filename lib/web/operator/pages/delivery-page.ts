import type { Element } from "hast";
import { h } from "hastscript";
import { ageInWords } from "#lib/calendar/words.ts";
import type { Halt, Reach } from "#lib/model/delivery.ts";
import { LIVE } from "#lib/model/live.ts";
import { CHANNELS } from "#lib/model/subscription.ts";
import { documentHtml } from "./document.ts";
import { button, choice, type FormMarks, form, hidden, textArea, textField } from "./fields.ts";
import type { OwnFrame } from "./pages.ts";

/** Everything an operator needs to see and to stop what is being sent. */
export interface DeliveryView {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
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

const STATES = {
  awaiting_approval: "waits for a second person",
  open: "under way",
  stopped: "stopped",
  done: "done",
} as const;

export function deliveryPage(frame: OwnFrame, view: DeliveryView): string {
  const { path, halts, reach, alarms, marks, isAllowed, fault, still, verified, now, aside } = view;
  return documentHtml(frame, path, "Delivery", [
    ...(fault === undefined ? [] : [h("p.problems.errors", { role: "alert" }, fault)]),
    ...alarms.map((alarm) => h("p.problems.errors", alarm)),
    ...haltList(path, marks, halts, isAllowed, now),
    ...(isAllowed ? [haltSection(view)] : [h("p.quiet", "Halting takes a token of the role publisher.")]),
    h("h2", "Newest notices"),
    ...(still === undefined
      ? []
      : [h("p.quiet", ["This page looks again by itself. ", h("a", { href: still }, "Pause refreshing")])]),
    ...(reach.length === 0
      ? [h("p.quiet", "Nobody was told anything yet.")]
      : [...Map.groupBy(reach, ({ notice }) => notice.id).values()].map((of) => noticeCard(view, of))),
    ...(aside === 0 ? [] : [h("p.quiet", asideText(aside))]),
    h("h2", "Ledger"),
    ...(verified === undefined ? [] : [verifiedNote(verified)]),
    form(path, marks, [button("verify", "Verify the ledger", "other")]),
  ]);
}

function asideText(count: number): string {
  const [those, are] = count === 1 ? ["One address", "is"] : [`${count.toLocaleString("en")} addresses`, "are"];
  return `${those} ${are} set aside, as nothing arrived there: “candor subscribers list --state quarantined”.`;
}

/** Where everything is halted, what is wanted next is to resume, perhaps without one notice or incident: the rest is folded. */
function haltSection({ path, marks, halts, reach }: DeliveryView): Element {
  const halt = haltForm(path, marks, reach);
  if (!halts.some(({ scope }) => scope === "all")) return halt;
  return h("details", [
    h("summary", "Halt one thing by itself, so that it stays halted when the rest is resumed"),
    halt,
  ]);
}

function haltForm(path: string, marks: FormMarks, reach: readonly Reach[]): Element {
  const slugs = [...new Map(reach.map(({ notice }) => [notice.event.slug, notice.event.title]))];
  const newest = [...new Map(reach.map(({ notice }) => [notice.id, notice])).values()]
    .slice(0, 5)
    .map(({ id, event, kind }) => [id, event.title, kind.replaceAll("_", " ")] as const);
  const scopes = [
    ["all", "Everything"],
    ...newest.map(([id, title, kind]) => [`notice:${id}`, `Notice: ${title} (${kind})`] as const),
    ...slugs.map(([slug, title]) => [`incident:${slug}`, `Incident: ${title}`] as const),
    ...CHANNELS.map((channel) => [`channel:${channel}`, `Channel: ${channel}`] as const),
    [`channel:${LIVE}`, "What is pushed to pages and wallboards"],
  ] as const;
  return h("section.halt", { ariaLabel: "Halt" }, [
    form(path, marks, [
      choice({ name: "scope", label: "Stop sending" }, scopes, {}),
      textField({ name: "why", label: "Why", hint: "For whoever looks next; may be left empty" }, {}, false),
      h("button.button.stop", { type: "submit", name: "step", value: "halt" }, "HALT"),
    ]),
  ]);
}

function haltList(path: string, marks: FormMarks, halts: readonly Halt[], isAllowed: boolean, now: number): Element[] {
  if (halts.length === 0) return [];
  return [
    h("h2", "Halted"),
    ...halts.map(({ scope, why, by, at }) =>
      h("section.problems.errors", [
        h("h3", scope === "all" ? "Everything" : scope.replace(":", ": ")),
        h("p", [why, " ", h("span.quiet", `${by}${at > 0 ? `, ${ageInWords(at, now, "en")}` : ""}`)]),
        ...(isAllowed && at > 0
          ? [form(path, marks, [...hidden({ scope }), button("resume", "Resume", scope === "all" ? "main" : "other")])]
          : at > 0
            ? []
            : [h("p", "Remove the file to go on.")]),
      ]),
    ),
  ];
}

function noticeCard({ path, marks, isAllowed, now }: DeliveryView, of: readonly Reach[]): Element {
  const [first] = of as readonly [Reach, ...Reach[]];
  const { notice } = first;
  const may = (step: string, label: string) =>
    form(path, marks, [...hidden({ notice: notice.id }), button(step, label, "other")]);
  return h("section.delivery", [
    h("h3", [h("bdi", notice.event.title)]),
    h("p.current-facts", [
      h("span", notice.kind.replaceAll("_", " ")),
      h("span", ageInWords(notice.madeAt, now, "en")),
    ]),
    h("ul.reach", of.map(reachItem)),
    h("p.deeds", [h("a", { href: `${path}/${notice.id}` }, "Recipients, and correct…")]),
    ...(isAllowed && of.some(({ state }) => state === "awaiting_approval") ? [may("approve", "Approve")] : []),
    ...(isAllowed && of.some(({ state }) => state === "stopped") ? [may("resume-notice", "Resume")] : []),
  ]);
}

/** “email: 12 of 20 received it, 3 cannot”. */
function reachItem({ channel, state, why, recipients, counts }: Reach): Element {
  const number = (count: number) => count.toLocaleString("en");
  const waiting = counts.queued + counts.sending;
  const parts = [
    `${number(counts.accepted)} of ${number(recipients)} received it`,
    ...(waiting > 0 ? [`${number(waiting)} did not yet`] : []),
    ...(counts.failed > 0 ? [`${number(counts.failed)} cannot`] : []),
    ...(counts.unknown > 0 ? [`of ${number(counts.unknown)} nobody knows`] : []),
    ...(counts.folded > 0 ? [`${number(counts.folded)} are told it by a later message`] : []),
    ...(counts.withdrawn > 0
      ? [`${number(counts.withdrawn)} ${counts.withdrawn === 1 ? "was" : "were"} taken back`]
      : []),
  ];
  return h("li", [
    h("strong", channel),
    `, ${STATES[state]}: ${parts.join(", ")}.${why === undefined ? "" : ` ${why}`}`,
    h("progress", { value: recipients - waiting, max: Math.max(recipients, 1), ariaLabel: `Settled by ${channel}` }),
  ]);
}

function verifiedNote({ entries, faults, notes }: NonNullable<DeliveryView["verified"]>): Element {
  const whole = `The ledger is whole: every one of its ${entries.toLocaleString("en")} entries is as it was written, and the tables agree with it.`;
  if (faults.length === 0) return h("p.notice", { role: "status" }, [whole, ...notes].join(" "));
  return h("section.problems.errors", { role: "alert" }, [
    h("h3", "The ledger is not as it was written"),
    h(
      "ul",
      faults.slice(0, 20).map((fault) => h("li", fault)),
    ),
  ]);
}

export interface RecipientView {
  readonly channel: string;
  /** Masked; a pseudonym once it was erased. */
  readonly who: string;
  readonly state: string;
  readonly detail?: string;
}

export interface NoticeView extends Pick<DeliveryView, "path" | "marks" | "isAllowed" | "fault" | "reach"> {
  readonly title: string;
  readonly recipients: readonly RecipientView[];
  readonly more: number;
  readonly message: string;
  /** What was sealed: as all recipients have it in common, or as `to` got it. */
  readonly sealed: readonly SealedView[];
  readonly to?: string;
  /** What the correction would say, and to how many, once that was asked for. */
  readonly preview?: { readonly subject: string; readonly text: string; readonly recipients: number };
}

/** What was sealed of a notice on one channel, with what it says of itself as sentences. */
export interface SealedView {
  readonly channel: string;
  readonly message: { readonly subject?: string; readonly text: string; readonly html?: string };
  readonly facts: readonly string[];
}

function sealedSection(path: string, marks: FormMarks, { sealed, to = "" }: NoticeView): Element[] {
  return [
    h("h2", "The words that were sealed"),
    ...sealed.map(({ channel, facts, message: { html, subject, text } }) =>
      h("details", { open: to !== "" }, [
        h("summary", [h("strong", channel), ...(subject === undefined ? [] : [" ", h("bdi", subject)])]),
        ...facts.map((fact) => h("p.quiet", fact)),
        h("pre.letter", text),
        ...(html === undefined ? [] : [h("details", [h("summary", "HTML"), h("pre.letter", html)])]),
      ]),
    ),
    ...(sealed.length === 0 ? [h("p.quiet", "Nothing of it was sealed for this recipient.")] : []),
    form(path, marks, [
      textField(
        { name: "to", label: "As one recipient got them", hint: "Address, or name in the ledger" },
        { to },
        false,
      ),
      button("show", "Show", "other"),
    ]),
  ];
}

/** One notice: who got it, and the way to tell them that it was wrong. */
export function noticePage(frame: OwnFrame, view: NoticeView): string {
  const { path, title, reach, recipients, more, message, preview, marks, isAllowed, fault } = view;
  return documentHtml(frame, "", title, [
    ...(fault === undefined ? [] : [h("p.problems.errors", { role: "alert" }, fault)]),
    h("ul.reach", reach.map(reachItem)),
    ...(preview
      ? [
          h("section.preview", { ariaLabel: "Preview" }, [
            h("p.kicker", `To ${preview.recipients.toLocaleString("en")} who received it, or may have:`),
            h("h2", [h("bdi", preview.subject)]),
            h("pre.letter", preview.text),
            form(path, marks, [...hidden({ message }), button("write", "Send the correction")]),
          ]),
        ]
      : []),
    ...(isAllowed
      ? [
          h("h2", "Correct it"),
          form(path, marks, [
            textArea(
              {
                name: "message",
                label: "What they are to know",
                hint: "Markdown. It reaches exactly those who got this.",
              },
              { message },
            ),
            button("preview", preview ? "Preview again" : "Preview", preview ? "other" : "main"),
          ]),
        ]
      : []),
    ...sealedSection(path, marks, view),
    h("h2", "Recipients"),
    recipients.length === 0
      ? h("p.quiet", "None.")
      : h(
          "ul.change-list",
          recipients.map(({ channel, who, state, detail }) =>
            h("li", [
              h("strong", state),
              ` ${channel} `,
              h("bdi", who),
              ...(detail ? [h("span.quiet", ` ${detail}`)] : []),
            ]),
          ),
        ),
    ...(more > 0 ? [h("p.quiet", `and ${more.toLocaleString("en")} more: “candor ledger --notice”`)] : []),
  ]);
}
