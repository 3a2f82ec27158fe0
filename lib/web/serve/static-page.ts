import { RewritingStream } from "parse5-html-rewriting-stream";
import { CONTENT_SECURITY_POLICY } from "./headers.ts";
import { rewritten } from "./strip.ts";

/** What a copy of a page must know that the server would tell it. */
export interface StaticOptions {
  /** When the copy was made, in milliseconds since the epoch. */
  readonly now: number;
  /** Until when time alone does not change it, in milliseconds since the epoch. */
  readonly validUntil: number;
  /** Put before every path, for a site that does not stand at the root of its host. */
  readonly base: string;
}

/** A page as a file for any host: it says when it was made, and carries the policy that no header may give it. */
export function staticPage(html: string, { now, validUntil, base }: StaticOptions): Promise<string> {
  const stream = new RewritingStream();
  const policy = CONTENT_SECURITY_POLICY.replace(/; frame-ancestors .*$/, "");
  stream.on("startTag", (tag) => {
    // What only a server can answer is not offered.
    if (tag.attrs.some(({ name, value }) => name === "type" && value === "application/json+oembed")) return;
    for (const attribute of tag.attrs) {
      const isAddress = ["href", "src", "action"].includes(attribute.name);
      if (isAddress && attribute.value.startsWith("/") && !attribute.value.startsWith("//")) {
        attribute.value = base + attribute.value;
      }
    }
    if (tag.tagName === "html") {
      tag.attrs.push(
        { name: "data-static", value: "" },
        { name: "data-made", value: new Date(now).toISOString() },
        { name: "data-true-until", value: new Date(validUntil).toISOString() },
      );
    }
    stream.emitStartTag(tag);
    if (tag.tagName === "head") {
      stream.emitRaw(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
    }
  });
  return rewritten(stream, html);
}

/** Every path of this site that a page leads to or loads, without queries and fragments. */
export async function localLinks(html: string): Promise<Set<string>> {
  const stream = new RewritingStream();
  const found = new Set<string>();
  stream.on("startTag", (tag) => {
    stream.emitStartTag(tag);
    for (const { name, value } of tag.attrs) {
      if ((name === "href" || name === "src") && /^\/(?!\/)/.test(value) && !value.includes("?")) {
        found.add(value.replace(/#.*$/, ""));
      }
    }
  });
  await rewritten(stream, html);
  return found;
}
