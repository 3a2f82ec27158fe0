import { fromPlain, isMapping, type Mapping, mappingsOf, textOf, type Value } from "../front/value.ts";
import type { ForeignFile, Note } from "../imported.ts";
import type { Remarks } from "../remarks.ts";
import { readText } from "../text/foreign-text.ts";

/** A comment on an issue. */
export interface Comment {
  readonly at: string;
  readonly body: string;
}

/** An issue in which Upptime kept an incident or a maintenance. */
export interface UpptimeIssue {
  readonly number: string;
  readonly title: string;
  readonly body: string;
  readonly created: string;
  /** Empty while it is open. */
  readonly closed: string;
  readonly labels: readonly string[];
  readonly comments: readonly Comment[];
  readonly note: Note;
}

const READ = new Set(
  "number title body state createdat created_at closedat closed_at labels comments pull_request issue_url".split(" "),
);

/** The incidents among the issues in JSON files, oldest first, with comments that lie in files of their own. */
export function issuesIn(files: readonly ForeignFile[], remarks: Remarks) {
  const carried: ForeignFile[] = [];
  const loose = new Map<string, Comment[]>();
  const found = new Map<string, UpptimeIssue>();
  for (const file of files) {
    if (!/\.(?:json|jsonl|ndjson)$/i.test(file.path)) continue;
    const note = remarks.on(file.path);
    const items = itemsIn(readText(file, note), note);
    const issues = items.filter((item) => textOf(item["number"]) !== "" && textOf(item["title"]) !== "");
    const comments = items.filter((item) => !issues.includes(item) && /\/issues\/\d+$/.test(textOf(item["issue_url"])));
    if (issues.length + comments.length === 0) continue;
    carried.push(file);
    for (const item of comments) {
      const number = /\d+$/.exec(textOf(item["issue_url"]))?.[0] ?? "";
      loose.set(number, [...(loose.get(number) ?? []), commentOf(item)]);
    }
    for (const issue of incidentsAmong(issues, note)) {
      if (found.has(issue.number)) note(`issue ${issue.number}`, "it is given twice; the first was taken");
      else found.set(issue.number, issue);
    }
    noteRest(issues, note);
  }
  const all = [...found.values()].map((issue) => ({
    ...issue,
    comments: [...issue.comments, ...(loose.get(issue.number) ?? [])],
  }));
  const issues = all.sort((a, b) =>
    a.created < b.created ? -1 : a.created > b.created ? 1 : Number(a.number) - Number(b.number),
  );
  return { issues, carried };
}

function itemsIn(text: string, note: Note): Mapping[] {
  const lists = (value: Value): Mapping[] =>
    Array.isArray(value)
      ? value.flatMap((item: Value) => lists(item))
      : isMapping(value)
        ? [...(Array.isArray(value["items"]) ? mappingsOf(value["items"]) : [value])]
        : [];
  try {
    return lists(fromPlain(JSON.parse(text)));
  } catch {
    try {
      return text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .flatMap((line) => lists(fromPlain(JSON.parse(line))));
    } catch {
      note("JSON", "it cannot be read; none of it was carried");
      return [];
    }
  }
}

function incidentsAmong(issues: readonly Mapping[], note: Note): UpptimeIssue[] {
  return issues.flatMap((issue): UpptimeIssue[] => {
    const labels = Array.isArray(issue["labels"])
      ? issue["labels"].map((label: Value) => (isMapping(label) ? textOf(label["name"]) : textOf(label)))
      : [];
    const title = textOf(issue["title"]);
    const isIncident =
      labels.some((label) => /^(?:status|maintenance)$/i.test(label)) || /^(?:🛑|⚠️|🟥|🟨)/u.test(title);
    if (!isIncident || isMapping(issue["pull_request"])) {
      const kind = isMapping(issue["pull_request"])
        ? "a pull request"
        : "an issue without the label “status” or “maintenance”";
      note(`#${textOf(issue["number"])} “${title}”`, `${kind}; left behind`);
      return [];
    }
    return [
      {
        number: textOf(issue["number"]),
        title,
        body: textOf(issue["body"]),
        created: textOf(issue["created_at"]) || textOf(issue["createdat"]),
        closed: textOf(issue["closed_at"]) || textOf(issue["closedat"]),
        labels,
        comments: mappingsOf(issue["comments"]).map(commentOf),
        note,
      },
    ];
  });
}

function commentOf(comment: Mapping): Comment {
  return { at: textOf(comment["created_at"]) || textOf(comment["createdat"]), body: textOf(comment["body"]) };
}

function noteRest(issues: readonly Mapping[], note: Note): void {
  const other = new Set(issues.flatMap((issue) => Object.keys(issue).filter((key) => !READ.has(key))));
  const counted = issues
    .filter((issue) => Number(textOf(issue["comments"])) > 0)
    .map((issue) => `#${textOf(issue["number"])}`);
  if (other.size > 0) note(`${[...other].join(", ")} of issues`, "GitHub's own record; left out");
  if (counted.length > 0)
    note(
      `comments of ${counted.join(", ")}`,
      "only their number is given here; save them beside it, as GitHub's API gives /issues/comments",
    );
}
