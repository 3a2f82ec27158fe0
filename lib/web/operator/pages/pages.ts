import type { Element } from "hast";
import { h } from "hastscript";
import type { SiteConfig } from "#lib/model/config.ts";
import { isUnderWay } from "#lib/model/course.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Maintenance, Site, Update } from "#lib/model/site.ts";
import { documentHtml, type Frame, type Person } from "./document.ts";
import { type AnyEvent, eventCard, facts, updateItem } from "./event.ts";
import { button, changedMeanwhile, type FormMarks, form, hidden, problemList, type Typed } from "./fields.ts";
import { correctionFields, declarationFields, moveFields, planFields, updateFields } from "./forms.ts";
import { clockNote, type DoubtedClock, troubleList } from "./troubles.ts";

/** A frame with somebody signed in. */
export type OwnFrame = Frame & { readonly person: Person };

/** The sign-in page. What was being sent when the session ended goes along, and comes back in its form. */
export function signInPage(frame: Frame, next: string, carried: Typed, fault?: string): string {
  return documentHtml(frame, "", "Sign in", [
    ...(fault === undefined ? [] : [h("p.problems.errors", { role: "alert" }, fault)]),
    ...(Object.keys(carried).length > 0
      ? [h("p", "You were signed out. What you typed comes back once you have signed in.")]
      : []),
    h("form.form", { method: "post", action: "/operator/-/sign-in" }, [
      ...hidden(Object.fromEntries(Object.entries(carried).map(([name, value]) => [`carried.${name}`, value]))),
      h("input", { type: "hidden", name: "next", value: next }),
      h("div.field", [
        h("label", { htmlFor: "token" }, "Token"),
        h("p.hint", { id: "token-hint" }, "“candor tokens add” on the server makes one."),
        h("input", {
          id: "token",
          name: "token",
          type: "password",
          required: true,
          autoComplete: "current-password",
          ariaDescribedBy: "token-hint",
        }),
      ]),
      button("sign-in", "Sign in"),
    ]),
  ]);
}

export interface Overview {
  readonly site: Site;
  /** Slugs of what is kept off the site. */
  readonly drafts: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** The change that could be taken back, in words. */
  readonly lastChange?: string;
  /** What keeps messages from leaving or is wrong otherwise, as sentences with a remedy. */
  readonly troubles?: readonly string[];
  /** Present while the clock is in doubt. */
  readonly clock?: DoubtedClock;
}

/** How many of the past are still at hand. */
const RECENT = 5;

export function overviewPage(frame: OwnFrame, overview: Overview): string {
  const { site, drafts, problems, lastChange, troubles = [], clock } = overview;
  const events = [...site.incidents, ...site.maintenances];
  const published = events.filter(({ slug }) => !drafts.has(slug));
  const open = published.filter(({ isOver }) => !isOver);
  const lists = [
    ["Open incidents", open.filter(({ kind }) => kind === "incident"), "No incident is open."],
    ["Maintenance", underWayFirst(open.filter((event) => event.kind === "maintenance")), "None is planned."],
    ["Drafts", events.filter(({ slug }) => drafts.has(slug)), "There are none."],
    ["Ended lately", published.filter(({ isOver }) => isOver).slice(0, RECENT), "Nothing yet."],
  ] as const;
  return documentHtml(frame, "/operator", "Overview", [
    ...troubleList(troubles),
    ...clockNote(clock),
    h("p.actions-row", [
      h("a.button.main", { href: "/operator/-/declare" }, "Declare an incident"),
      h("a.button", { href: "/operator/-/maintain" }, "Announce maintenance"),
      h("a.button", { href: "/operator/-/publish" }, "Publish…"),
    ]),
    ...problemList(
      problems.slice(0, 5),
      problems.length > 5 ? `The first of ${problems.length} problems` : "Problems in the content folder",
    ),
    ...lists.flatMap(([heading, list, none]) => [
      h("h2", heading),
      list.length === 0
        ? h("p.quiet", none)
        : h(
            "ul.cards",
            list.map((event) => eventCard(event, site, drafts.has(event.slug))),
          ),
    ]),
    ...(lastChange === undefined
      ? []
      : [h("p.last", [lastChange, " ", h("a", { href: "/operator/-/undo" }, "Take it back…")])]),
  ]);
}

/** What is under way, then what comes next. */
function underWayFirst(planned: readonly Maintenance[]): Maintenance[] {
  return planned.toSorted(
    (a, b) => Number(isUnderWay(b.status)) - Number(isUnderWay(a.status)) || a.window.start.at - b.window.start.at,
  );
}

/** A form with what became of it so far. */
export interface FormState {
  readonly marks: FormMarks;
  readonly typed: Typed;
  readonly problems?: readonly Problem[];
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

export function declarePage(frame: OwnFrame, config: SiteConfig, state: FormState): string {
  const path = "/operator/-/declare";
  return documentHtml(
    frame,
    path,
    "Declare an incident",
    steps(path, state, "Save (not public yet)", declarationFields(config, state.typed)),
  );
}

export function maintainPage(frame: OwnFrame, config: SiteConfig, state: FormState): string {
  const path = "/operator/-/maintain";
  return documentHtml(
    frame,
    path,
    "Announce maintenance",
    steps(path, state, "Save (not public yet)", planFields(config, state.typed)),
  );
}

/** The form that moves the window of a maintenance. */
export function movePage(frame: OwnFrame, path: string, event: AnyEvent, state: FormState): string {
  const heading = h("p.quiet", [h("bdi", event.title)]);
  const fields = moveFields(event.status !== "scheduled", state.typed);
  return documentHtml(frame, "", "Postpone or extend", steps(path, state, "Save (not public yet)", fields, heading));
}

/** The form that corrects the text of an update. */
export function correctPage(frame: OwnFrame, path: string, event: AnyEvent, state: FormState): string {
  const words =
    "Readers see the corrected text once it is published. Nobody is told of it: where a message was wrong, correct the notice on the page Delivery.";
  const heading = h("div", [h("p.quiet", [h("bdi", event.title)]), h("p.hint", words)]);
  return documentHtml(
    frame,
    "",
    "Correct an update",
    steps(path, state, "Save (not public yet)", correctionFields(state.typed), heading),
  );
}

export interface EventView {
  readonly site: Site;
  readonly event: AnyEvent;
  readonly isDraft: boolean;
  readonly hasReport: boolean;
}

export function eventPage(frame: OwnFrame, { site, event, isDraft, hasReport }: EventView, state: FormState): string {
  const path = `/operator/${encodeURIComponent(event.slug)}`;
  const fields = updateFields(site.config, event.kind, state.typed);
  return documentHtml(frame, "", event.title, [
    h(
      "p.current-facts",
      facts(event, site, isDraft).map((fact) => h("span", fact)),
    ),
    ...steps(path, state, "Save (not public yet)", fields, h("h2", event.isOver ? "Say more" : "Update or resolve")),
    ...(event.kind === "maintenance" && !event.isOver
      ? [
          h("p", [
            h("a", { href: `${path}/move` }, "Postpone or extend it…"),
            " To cancel it, choose the status above.",
          ]),
        ]
      : []),
    ...(isDraft ? [draftNote(path, state)] : []),
    h("h2", "Updates so far"),
    event.updates.length === 0
      ? h("p.quiet", "None.")
      : h(
          "ol.updates",
          { reversed: true },
          event.updates
            .toReversed()
            .map((update) =>
              updateItem(
                event,
                update,
                site,
                update.isCorrection ? undefined : `${path}/correct/${encodeURIComponent(update.id)}`,
              ),
            ),
        ),
    h("h2", "Report"),
    h("p", [h("a", { href: `${path}/report` }, hasReport ? "See the report, or declare it final" : "Begin a report")]),
  ]);
}

/** A draft is shown to nobody; here it stops being one. */
function draftNote(path: string, { marks, typed }: FormState): Element {
  return h("section.current", [
    h("h2", "This is a draft"),
    h("p", "Nobody sees it, even after publishing. As a published incident, customers would read the updates below."),
    form(path, marks, [
      ...hidden({ version: typed["version"] ?? "" }),
      button("end-draft", "No longer a draft", "other"),
    ]),
  ]);
}

/** The steps of a change: write, look at what customers will read, send exactly that; or change it again. */
function steps(path: string, state: FormState, send: string, fields: readonly Element[], heading?: Element): Element[] {
  const { marks, typed, problems = [], changed, preview } = state;
  return [
    ...(changed ? [changedMeanwhile(changed.file, changed.diff)] : []),
    ...problemList(problems, "This must be mended first"),
    ...(preview ? [previewed(path, marks, typed, send, preview)] : []),
    ...(preview ? [h("h2", "Change it")] : heading ? [heading] : []),
    form(path, marks, [
      ...("version" in typed ? hidden({ version: typed["version"] ?? "" }) : []),
      ...fields,
      preview ? button("preview", "Preview again", "other") : button("preview", "Preview"),
    ]),
  ];
}

function previewed(path: string, marks: FormMarks, typed: Typed, send: string, preview: PreviewedUpdate): Element {
  const { site, event, update, warnings } = preview;
  return h("section.preview", { ariaLabel: "Preview" }, [
    h("p.kicker", "What customers will read:"),
    h("h2", [h("bdi", event.title)]),
    h(
      "p.current-facts",
      facts(event, site, false).map((fact) => h("span", fact)),
    ),
    h("ol.updates", [updateItem(event, update, site)]),
    ...problemList(warnings, "Worth a second look"),
    form(path, marks, [...hidden(typed), button("write", send)]),
    h("p.hint", "It is written to its file now. Readers see it once it is published."),
  ]);
}

export interface Confirmation {
  readonly path: string;
  readonly marks: FormMarks;
  readonly text: readonly Element[];
  /** What the button says; without it there is none. */
  readonly send?: string;
  /** What goes along with the form. */
  readonly more?: Typed;
  readonly problems?: readonly Problem[];
  /** What went otherwise than was expected. */
  readonly fault?: string;
}

/** Words, and one button. */
export function confirmPage(frame: OwnFrame, title: string, confirmation: Confirmation): string {
  const { path, marks, text, send, more = {}, problems = [], fault } = confirmation;
  return documentHtml(frame, path, title, [
    ...(fault === undefined ? [] : [h("p.problems.errors", { role: "alert" }, fault)]),
    ...problemList(problems, "This must be mended first"),
    ...text,
    ...(send === undefined ? [] : [form(path, marks, [...hidden(more), button("write", send)])]),
  ]);
}
