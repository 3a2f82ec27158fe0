import { isMap, isScalar } from "yaml";
import { insertAt, pairOf, readFront } from "./front.ts";

/** Why a report was not begun. */
export type ReportFault = "has-text";

/**
 * The file with a report begun below its front matter and declared in it as preliminary.
 * @param template the sections to fill in, as Markdown
 */
export function startReport(source: string, template: string): string | ReportFault {
  const front = readFront(source);
  const bodyAt = source.indexOf("\n", front.end) + 1;
  const body = bodyAt === 0 ? "" : source.slice(bodyAt);
  if (body.trim() !== "") return "has-text";
  const fence = bodyAt === 0 ? `${source}${front.newline}` : source.slice(0, bodyAt);
  const declared = pairOf(front, "report")
    ? fence
    : insertAt({ ...front, source: fence }, front.end, "report: { status: preliminary }\n");
  return `${declared}${front.newline}${template.trim().replaceAll("\n", front.newline)}${front.newline}`;
}

/** The file with its report declared final. No other byte changes. */
export function finishReport(source: string): string {
  const front = readFront(source);
  const pair = pairOf(front, "report");
  if (!pair) return insertAt(front, front.end, "report: { status: final }\n");
  const status = isMap(pair.value)
    ? pair.value.items.find((item) => isScalar(item.key) && item.key.value === "status")?.value
    : undefined;
  if (!isScalar(status) || !status.range) return source;
  const [begin, end] = [front.start + status.range[0], front.start + status.range[1]];
  return `${source.slice(0, begin)}final${source.slice(end)}`;
}
