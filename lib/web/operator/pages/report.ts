import { h } from "hastscript";
import type { Problem } from "#lib/model/problem.ts";
import type { Site } from "#lib/model/site.ts";
import { reportHtml } from "#lib/site/views/text.ts";
import { documentHtml, safeHtml } from "./document.ts";
import type { AnyEvent } from "./event.ts";
import { button, choice, type FormMarks, form, hidden, problemList } from "./fields.ts";
import type { OwnFrame } from "./pages.ts";

export interface ReportState {
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

/** An event's report as readers will see it, with its next step. It is written in its file: a phone is no place for that. */
export function reportView(frame: OwnFrame, state: ReportState): string {
  const { path, site, event, templates, marks, version, isAllowed, isBegun, problems } = state;
  const { report } = event;
  const back = h("p", [h("a", { href: path.replace(/\/report$/, "") }, event.title)]);
  const kept = hidden({ version });
  const begin = form(path, marks, [
    ...kept,
    choice(
      { name: "template", label: "Template" },
      templates.map((name) => [name, name] as const),
      {},
    ),
    button("begin", "Begin the report"),
  ]);
  const finish = form(path, marks, [...kept, button("final", "Declare it final")]);
  return documentHtml(frame, "", "Report", [
    ...problemList(problems, "This must be mended first"),
    back,
    h("p.quiet", stateOf(state)),
    ...(isAllowed && !isBegun ? [begin] : []),
    ...(isAllowed && report?.status === "preliminary" ? [finish] : []),
    ...(report ? [h("div.prose", [safeHtml(reportHtml(event, site).html)])] : []),
  ]);
}

function stateOf({ event: { report, file }, isBegun }: ReportState): string {
  if (report) return `Status: ${report.status}. The text is written in ${file}.`;
  if (!isBegun) return "There is no report yet.";
  return `It is begun, in ${file}. Readers see it once there is a text below a heading.`;
}
