import type { Html } from "mdast";
import { DANGEROUS_ELEMENTS, isSafeAddress } from "#lib/markdown/safe.ts";
import { absolute, isElsewhere, isHome, placePicture, type Surroundings } from "./addresses.ts";

/** Elements that stay. */
const KEPT = new Set(
  [
    "a abbr b blockquote br caption cite code dd del details dfn dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre",
    "q s samp small strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var",
  ].flatMap((names) => names.split(" ")),
);
/** Elements of which only the text stays. */
const UNWRAPPED = new Set(
  [
    "address article aside bdi bdo big center div dir figcaption figure font footer header hgroup main nav section span",
    "time wbr",
  ].flatMap((names) => names.split(" ")),
);
const TAG = /<(?<closing>\/?)(?<name>[a-zA-Z][a-zA-Z0-9-]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^"'>])*)>/g;

/** HTML as Candor takes it; undefined when it can stand as it is. */
export function cleanHtml({ value }: Html, around: Surroundings): string | undefined {
  if (/^<[?!]/.test(value)) return `\\${value}`;
  let cleaned = "";
  let at = 0;
  for (const match of value.matchAll(TAG)) {
    cleaned += value.slice(at, match.index) + cleanTag(match, value, around);
    at = match.index + match[0].length;
  }
  cleaned += value.slice(at);
  return cleaned === value ? undefined : cleaned;
}

function cleanTag(match: RegExpExecArray, html: string, around: Surroundings): string {
  const [tag] = match;
  const { closing = "", name = "", attributes = "" } = match.groups ?? {};
  const element = name.toLowerCase();
  const note = (reason: string) => around.note(tag, reason, tag);
  if (element === "img") return cleanPicture(attributes, around, tag);
  if (DANGEROUS_ELEMENTS.has(element)) {
    note(`<${element}> could run, load or capture something; left out`);
    const address = attribute("src", attributes);
    return closing === "" && /^https?:/i.test(address) ? `<${address}>` : "";
  }
  if (UNWRAPPED.has(element)) {
    note(`<${element}> was left out; its text stays`);
    return "";
  }
  if (!KEPT.has(element)) {
    note("it is no element of HTML; shown as it was written");
    return tag === html ? `\\${tag}` : `&lt;${tag.slice(1)}`;
  }
  const safe = safeAttributes(attributes, around);
  if (safe.length < attributes.length) note("an event handler, a style or an unsafe address was left out");
  else if (safe !== attributes) note("its address was relative; made whole");
  return `<${closing}${name}${safe}>`;
}

function cleanPicture(attributes: string, around: Surroundings, tag: string): string {
  const url = attribute("src", attributes);
  const alt = attribute("alt", attributes);
  return isElsewhere(url) ? `![${alt}](${url})` : placePicture(url, alt, around, tag);
}

function safeAttributes(attributes: string, around: Surroundings): string {
  return attributes.replace(
    /\s+([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g,
    (written: string, name: string, value = "") => {
      if (/^(?:on|style$)/i.test(name)) return "";
      if (!/^(?:href|src|cite)$/i.test(name)) return written;
      const url = value.replace(/^["']|["']$/g, "");
      if (isHome(url)) return isSafeAddress(url) ? written : "";
      const whole = absolute(url, around);
      return whole === undefined ? "" : ` ${name}="${whole}"`;
    },
  );
}

function attribute(name: string, attributes: string): string {
  const shape = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i");
  const [, ...values] = shape.exec(attributes) ?? [];
  return values.find((value) => value !== undefined) ?? "";
}
