import type { Element, ElementContent, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import { visit } from "unist-util-visit";
import type { Problem } from "#lib/model/problem.ts";
import type { Notice, PageNotes, Spot } from "./notes.ts";

/** Where the preview's own files are. */
export const OWN = "/_preview";

/** The address under which the preview shows a file of the content folder as it is written. */
export function sourceAddress(file: string, line = 0): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return `${OWN}/source/${path}${line > 0 ? `#L${line}` : ""}`;
}

/** Puts a writer's notes into a page: a bar for the whole folder, and everything about the page's own file at its place. */
export function annotate(html: string, notes: PageNotes): string {
  const root = fromHtml(html);
  const find: Find = (test) => {
    let found: Element | undefined;
    visit(root, "element", (element) => {
      if (!found && test(element)) found = element;
    });
    return found;
  };
  find(({ tagName }) => tagName === "head")?.children.push(
    h("link", { rel: "stylesheet", href: `${OWN}/preview.css` }),
    h("script", { src: `${OWN}/live.js`, dataVersion: notes.version }),
  );
  markDrafts(root, notes.drafts);
  if (notes.here) tellHere(notes.here, find);
  find(({ tagName }) => tagName === "main")?.children.unshift(bar(notes));
  return toHtml(root);
}

function tellHere(here: Here, find: Find): void {
  const { problems, notices, isDrawn } = here;
  const title = find(({ tagName }) => tagName === "h1");
  if (title && !isDrawn) title.children = [{ type: "text", value: "This page cannot be drawn yet" }];
  for (const said of aboutFile(here)) placeOnTop(h("p", { className: ["preview-about"] }, said), find);
  const report = find(({ tagName, properties }) => tagName === "section" && hasClass(properties, "report"));
  for (const [index, problem] of problems.entries()) {
    const classes = ["preview-problem", `is-${problem.severity}`];
    const note = h("div", { id: `problem-${index + 1}`, className: classes }, problemNote(problem));
    if (!place(note, problem.spot, find, report)) placeOnTop(note, find);
  }
  if (notices.length > 0) find(({ tagName }) => tagName === "article")?.children.push(noticesAside(notices));
}

type Here = NonNullable<PageNotes["here"]>;
type Find = (test: (element: Element) => boolean) => Element | undefined;

function place(note: Element, spot: Spot, find: Find, report: Element | undefined): boolean {
  if (spot.at === "update") {
    const update = find(({ properties }) => properties["id"] === spot.id);
    update?.children.push(note);
    return update !== undefined;
  }
  const prose = report?.children.find(
    (child): child is Element => child.type === "element" && hasClass(child.properties, "prose"),
  );
  if (spot.at === "top" || !prose) return false;
  const blocks = prose.children.filter((child) => child.type === "element" && !isNote(child));
  const block = blocks[Math.min(Math.max(spot.block, 0), blocks.length - 1)];
  let at = block ? prose.children.indexOf(block) + 1 : 0;
  // Behind those that stand there already, so that they keep the order of the file.
  while (prose.children[at] && isNote(prose.children[at])) at += 1;
  prose.children.splice(at, 0, note);
  return true;
}

/** Behind the title, and what stands there already. */
function placeOnTop(note: Element, find: Find): void {
  const holder = find(({ children }) => children.some((child) => child.type === "element" && child.tagName === "h1"));
  if (!holder) return;
  let at = holder.children.findIndex((child) => child.type === "element" && child.tagName === "h1") + 1;
  while (holder.children[at] && isNote(holder.children[at])) at += 1;
  holder.children.splice(at, 0, note);
}

function isNote(node: ElementContent | undefined): boolean {
  return (
    node?.type === "element" &&
    (hasClass(node.properties, "preview-problem") || hasClass(node.properties, "preview-about"))
  );
}

function hasClass(properties: Element["properties"], name: string): boolean {
  return [properties["className"]].flat().includes(name);
}

/** Every link to a draft says that it leads to one. */
function markDrafts(root: Root, drafts: ReadonlySet<string>): void {
  visit(root, "element", (element, index, parent) => {
    if (element.tagName !== "a" || !parent || index === undefined) return;
    if (!drafts.has(String(element.properties["href"] ?? ""))) return;
    parent.children.splice(
      index + 1,
      0,
      { type: "text", value: " " },
      h("span", { className: ["tag", "preview-draft"] }, "Draft"),
    );
  });
}

function* aboutFile({ file, hasErrors, isDrawn, isDraft }: Here): Generator<(ElementContent | string)[]> {
  const link = h("a", { href: sourceAddress(file) }, file);
  if (isDraft) {
    const tag = h("span", { className: ["tag", "preview-draft"] }, "Draft");
    yield [tag, " Readers do not see this page: ", link, " says “draft: true”."];
  }
  if (hasErrors && isDrawn) {
    yield ["While ", link, " has errors it cannot be published. Shown is its last form that can be drawn."];
  } else if (hasErrors) yield [link, " is drawn as soon as its errors are mended."];
}

function problemNote(problem: Problem): ElementContent[] {
  const { file, line, column } = problem.place;
  return [
    h("p", [
      h("a", { href: sourceAddress(file, line) }, h("code", `${file}:${line}:${column}`)),
      " ",
      h("strong", problem.severity),
      ` ${problem.message} `,
      h("span", { className: ["preview-rule"] }, problem.rule),
    ]),
    h("p", problem.remedy),
  ];
}

/** At the head of every page: that this is a preview, and every problem of the folder. */
function bar({ problems, drafts }: PageNotes): Element {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const said = [
    [errors, errors === 1 ? "error" : "errors"],
    [warnings, warnings === 1 ? "warning" : "warnings"],
    [drafts.size, drafts.size === 1 ? "draft" : "drafts"],
  ] as const;
  const counts = said.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const head = ["Preview", ...(counts.length > 0 ? counts : ["nothing to mend"])].join(" · ");
  const list = h(
    "ul",
    problems.map(({ place, page, severity, message }) =>
      h("li", { className: [`is-${severity}`] }, [
        h("a", { href: page }, h("code", `${place.file}:${place.line}:${place.column}`)),
        ` ${message}`,
      ]),
    ),
  );
  const element = problems.length > 0 ? h("details", h("summary", head), list) : h("p", head);
  return h("aside", { className: ["preview-bar", errors > 0 ? "has-errors" : ""], ariaLabel: "Preview" }, element);
}

/** What a subscriber would read of each update, beside the page where there is room. */
function noticesAside(notices: readonly Notice[]): Element {
  const each = notices.map(({ update, subject, text, chat }, index) =>
    h("details", { open: index === 0 }, [
      h("summary", subject),
      h("p", { className: ["preview-channel"] }, "E-mail"),
      h("div", { className: ["preview-message"] }, text),
      h("p", { className: ["preview-channel"] }, "Chat"),
      h("div", { className: ["preview-message"] }, chat),
      h("p", h("a", { href: `#${update}` }, "To the update")),
    ]),
  );
  return h("aside", { className: ["preview-notices"], ariaLabelledBy: "preview-notices" }, [
    h("h2", { id: "preview-notices" }, "Notices"),
    h("p", "What subscribers would read."),
    ...each,
  ]);
}
