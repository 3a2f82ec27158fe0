import type { Element } from "hast";
import { h } from "hastscript";
import type { Problem } from "#lib/model/problem.ts";
import type { ContentChanges } from "#lib/publishing/changes/content-changes.ts";
import type { EntryChange } from "#lib/publishing/changes/entry-change.ts";
import { documentHtml } from "./document.ts";
import { button, choice, type FormMarks, form, hidden, problemList, tick } from "./fields.ts";
import type { OwnFrame } from "./pages.ts";

/** What is about to be shown to readers, or to be shown again. */
export interface Proposal {
  readonly title: string;
  readonly path: string;
  /** What is shown now, in words. */
  readonly now: string;
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
  readonly send: string;
  readonly marks: FormMarks;
  /** Whoever is signed in may do it. */
  readonly isAllowed: boolean;
}

/** An event that subscribers may know of, or not. */
export interface AskedView {
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
  readonly kind: string;
  readonly subject: string;
  /** The text of its e-mail. */
  readonly text: string;
  /** Who gets it, in words. */
  readonly to: string;
  readonly unusual: readonly string[];
}

/** Everything that readers will see otherwise, and one button. */
export function proposalPage(frame: OwnFrame, proposal: Proposal): string {
  const { asked, notTold, unclear } = proposal;
  const { title, path, now, changes, told, silence, problems, fault, seen, send, marks, isAllowed } = proposal;
  const isBroken = problems.some(({ severity }) => severity === "error");
  const isRollback = path !== "/operator/-/publish";
  return documentHtml(frame, path, title, [
    ...(fault === undefined ? [] : [h("p.problems.errors", { role: "alert" }, fault)]),
    ...problemList(problems, isBroken ? "This must be mended first: nothing is published" : "Worth a second look"),
    h("p", now),
    ...(changes ? changeList(changes) : isBroken ? [] : [h("p", "Nothing would change for readers.")]),
    ...(changes
      ? [...toldList(told, silence), ...remarks("Not certain", unclear), ...remarks("Not told", notTold)]
      : []),
    ...(changes && isAllowed
      ? [form(path, marks, [...hidden({ seen }), ...askedFields(asked), ...acceptance(unclear), button("write", send)])]
      : []),
    ...(changes && !isAllowed ? [h("p.quiet", "Publishing takes a token of the role publisher.")] : []),
    ...(isRollback
      ? []
      : [h("p.last", [h("a", { href: "/operator/-/rollback" }, "Go back to what was shown before…")])]),
  ]);
}

function askedFields(asked: readonly AskedView[]): Element[] {
  if (asked.length === 0) return [];
  const answers = [
    ["", "Decide…"],
    ["no", "Do not tell"],
    ["yes", "Tell"],
  ] as const;
  return [
    h("h2", "Decide whether to tell"),
    h(
      "p",
      "The database was restored from a copy. Whether subscribers know of this, nobody can say here; what is told may be told a second time, and what is not told now never is.",
    ),
    ...asked.map(({ slug, subjects, answer }) => {
      const name = `tell.${slug}`;
      return choice({ name, label: subjects.join("; ") }, answers, { [name]: answer });
    }),
  ];
}

function toldList(told: readonly ToldView[], silence: string | undefined): Element[] {
  return [
    h("h2", "What subscribers are told"),
    ...(silence === undefined ? [] : [h("p", silence)]),
    ...(told.length > 1 ? [h("p.problems.warnings", `These are ${told.length} notices at once.`)] : []),
    ...told.map(({ kind, subject, text, to, unusual }) =>
      h("section.told", [
        h("h3", [h("bdi", subject)]),
        h("p.current-facts", [h("span", kind), h("span", to)]),
        ...unusual.map((line) => h("p.problems.warnings", line)),
        h("details", [h("summary", "The e-mail"), h("pre.letter", text)]),
      ]),
    ),
  ];
}

function remarks(heading: string, all: readonly Remark[]): Element[] {
  if (all.length === 0) return [];
  const rest = all.length - NAMED;
  return [
    h("h2", heading),
    h(
      "ul.change-list",
      all.slice(0, NAMED).map(({ title, text }) => h("li", [h("strong", [h("bdi", title), ": "]), text])),
    ),
    ...(rest > 0 ? [h("p.quiet", `and ${rest.toLocaleString("en")} more`)] : []),
  ];
}

/** A tick without which what is too uncertain is not published. */
function acceptance(unclear: Proposal["unclear"]): Element[] {
  if (!unclear.some(({ isHeld }) => isHeld)) return [];
  return [tick({ name: "accept", label: "It is understood rightly: publish it although it is not certain" }, {})];
}

/** As many entries are named; of the rest their number. */
const NAMED = 50;

function changeList({ added, changed, removed, isSettingsChange }: ContentChanges): Element[] {
  const items = [
    ...added.map(({ slug, title }) => item("New", slug, title)),
    ...changed.map((change) => item("Changed", change.after.slug, change.after.title, partsOf(change))),
    ...removed.map(({ slug, title }) => item("Gone", slug, title)),
    ...(isSettingsChange ? [item("Changed", "site.yaml", "The site’s settings")] : []),
  ];
  const rest = items.length - NAMED;
  return [
    h("h2", "What will change for readers"),
    h("ul.change-list", items.slice(0, NAMED)),
    ...(rest > 0 ? [h("p.quiet", `and ${rest.toLocaleString("en")} more`)] : []),
  ];
}

function item(kind: string, slug: string, title: string, parts = ""): Element {
  return h("li", [
    h("strong", `${kind}: `),
    h("bdi", title),
    h("span.quiet", ` ${slug}${parts === "" ? "" : ` (${parts})`}`),
  ]);
}

function partsOf({ parts, updates }: EntryChange): string {
  const count = (list: readonly unknown[], what: string) => (list.length > 0 ? [`${list.length} ${what}`] : []);
  return [
    ...count(updates.added, updates.added.length === 1 ? "new update" : "new updates"),
    ...count(updates.edited, "edited"),
    ...count(updates.removed, "gone"),
    ...parts,
  ].join(", ");
}
