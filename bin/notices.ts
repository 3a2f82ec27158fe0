import { styleText } from "node:util";
import type { Preview } from "#lib/publishing/publish.ts";
import { count } from "./output.ts";

type Told = Preview["notices"][number];

/** Who would be told what, before anything is done; with the whole texts where they are asked for. */
export function noticesText(
  {
    notices,
    silence,
    stops,
    asked,
    isUndecided,
    notTold,
    unclear,
  }: Pick<Preview, "notices" | "silence" | "stops" | "asked" | "isUndecided" | "notTold" | "unclear">,
  { withTexts }: { readonly withTexts: boolean },
): string {
  return [
    ...(isUndecided ? [askedText(asked)] : []),
    ...(silence === undefined ? [] : [`${silence}\n`]),
    ...notices.map((told) => noticeText(told, withTexts)),
    ...(notices.length > 1 ? [`${remark(`These are ${notices.length.toLocaleString("en")} notices at once.`)}\n`] : []),
    ...unclear.map(unclearText),
    ...notToldText(notTold),
    ...(stops.length > 0 ? ["It cannot be published like this: see the errors.\n"] : []),
  ].join("");
}

/** What a person has to decide on, as the database was brought back from a copy. */
function askedText(asked: readonly Told[]): string {
  const lines = asked.map(({ notice, shown }) => `    ${notice.event.slug}  ${shown.subject}\n`);
  const head = remark("The database was restored from a copy. Whether subscribers know of this, has to be decided:");
  return `${head}\n${lines.join("")}    --tell <slug> for each that is to be told, and the others are not; or --tell-none.\n`;
}

export function noticeText(told: Told, withText: boolean): string {
  const { notice, shown, recipients, components, awaitsApproval, unusual } = told;
  const channels = Object.entries(recipients).map(([channel, number]) => {
    const waits = awaitsApproval.some((each) => each === channel) ? " (waits for a second person)" : "";
    return `${number.toLocaleString("en")} by ${channel}${waits}`;
  });
  const parts = components.map(({ name, recipients: number }) => `${name} ${number.toLocaleString("en")}`);
  return [
    `Notice (${notice.kind.replaceAll("_", " ")}): ${styleText("bold", shown.subject, { stream: process.stdout })}\n`,
    `    to ${channels.join(", ") || "nobody"}\n`,
    ...(parts.length > 0 ? [`    by component: ${parts.join(", ")}\n`] : []),
    ...unusual.map((line) => `    ${remark(line)}\n`),
    ...(withText ? [`\n${indented(shown.text)}\n`] : []),
  ].join("");
}

function unclearText({ slug, what, how, recipients }: Preview["unclear"][number]): string {
  const concerned = `That concerns ${count(recipients, "recipient")}.`;
  return `${remark(`Not certain, ${slug}: ${what} ${concerned} ${how}`)}\n`;
}

/** As many things that are not told are named. */
const NAMED = 20;

/** What changes and is told nobody, why, and how to tell it. */
function notToldText(notTold: Preview["notTold"]): string[] {
  if (notTold.length === 0) return [];
  const lines = notTold
    .slice(0, NAMED)
    .map(({ slug, what, why, how }) => `  ${[`${slug}: ${what}`, why, how ?? ""].join(" ").trimEnd()}\n`);
  const rest = notTold.length - NAMED;
  return ["Not told:\n", ...lines, ...(rest > 0 ? [`  … and ${rest.toLocaleString("en")} more\n`] : [])];
}

/** “Publish this, and tell 1,204 subscribers?” */
export function question({ notices }: Pick<Preview, "notices">): string {
  const told = notices.flatMap(({ recipients }) => Object.values(recipients)).reduce((sum, each) => sum + each, 0);
  if (told === 0) return "Publish this? Nobody is told.";
  return notices.length === 1
    ? `Publish this, and tell ${count(told, "subscriber")}?`
    : `Publish this, and send ${count(told, "message")} to subscribers?`;
}

function remark(line: string): string {
  return `${styleText("yellow", "!", { stream: process.stdout })} ${line}`;
}

export function indented(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`.trimEnd())
    .join("\n")
    .concat("\n");
}
