import { REMARK_KINDS, type Remark, type RemarkKind } from "#lib/model/remark.ts";
import { count } from "./output.ts";

const HEADINGS: Readonly<Record<RemarkKind, string>> = {
  lost: "Lost: not carried",
  changed: "Changed: carried as something else",
  assumed: "Assumed: nobody said it, and it had to be written",
  noted: "Noted",
};

/** So many remarks of one sort are shown before the rest is counted. */
const SHOWN = 3;

/** Remarks by kind, the gravest first, and within a kind by reason; many of one reason are folded unless all are wanted. */
export function remarksText(remarks: readonly Remark[], all: boolean): string {
  return REMARK_KINDS.map((kind) => {
    const some = remarks.filter((remark) => remark.kind === kind);
    if (some.length === 0) return "";
    const sorts = [...Map.groupBy(some, ({ reason }) => sortOf(reason)).values()];
    return `${HEADINGS[kind]} (${some.length})\n${sorts.map((sort) => sortText(sort, all)).join("")}\n`;
  }).join("");
}

/** What remarks of one reason have in common: everything but the times, numbers and quotations in it. */
function sortOf(reason: string): string {
  return reason.replace(/“[^”]*”|https?:\/\/\S+|~?\d[\w:.+/-]*/g, "…");
}

function sortText(remarks: readonly Remark[], all: boolean): string {
  const shown = all ? remarks : remarks.slice(0, SHOWN);
  const lines = shown.map(
    ({ file, line, what, reason }) => `  ${file}${line === undefined ? "" : `:${line}`}  ${what}\n      ${reason}\n`,
  );
  const left = remarks.length - shown.length;
  return lines.join("") + (left > 0 ? `  … and ${count(left, "more remark")} of this sort (--all shows them)\n` : "");
}
