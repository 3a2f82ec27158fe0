import { once } from "node:events";
import { RewritingStream } from "parse5-html-rewriting-stream";

const VOID = new Set(["br", "hr", "img", "input", "link", "meta"]);

/** An empty place that the framework keeps for titles that come late; ours never do. */
const PLACEHOLDER = '<div hidden=""></div>';

/**
 * Takes the framework's runtime out of a page: its scripts, the hints that would load them, and the marks it leaves for
 * them in the text. What is ours carries `data-candor`, or is data rather than script, and stays.
 */
export async function stripFramework(html: string): Promise<string> {
  const stream = new RewritingStream();
  let isSkipping = false;
  stream.on("startTag", (tag) => {
    const attribute = (name: string) => tag.attrs.find((each) => each.name === name)?.value;
    if (tag.tagName === "script") {
      const isOurs = attribute("data-candor") !== undefined || attribute("type") === "application/ld+json";
      isSkipping = !isOurs;
      if (!isOurs) return;
    }
    if (tag.tagName === "link" && attribute("as") === "script") return;
    tag.attrs = tag.attrs.filter(({ name }) => name !== "data-candor" && name !== "data-precedence");
    if (VOID.has(tag.tagName)) tag.selfClosing = false;
    stream.emitStartTag(tag);
  });
  stream.on("endTag", (tag, raw) => {
    if (tag.tagName === "script" && isSkipping) isSkipping = false;
    else stream.emitRaw(raw);
  });
  stream.on("text", (_token, raw) => {
    if (!isSkipping) stream.emitRaw(raw);
  });
  stream.on("comment", () => undefined);
  return (await rewritten(stream, html)).replace(PLACEHOLDER, "");
}

/** The whole of what a rewriting stream makes of a page. */
export async function rewritten(stream: RewritingStream, html: string): Promise<string> {
  const parts: string[] = [];
  stream.on("data", (part: Buffer | string) => parts.push(String(part)));
  stream.end(html);
  await once(stream, "end");
  return parts.join("");
}
