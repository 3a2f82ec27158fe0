import { once } from "node:events";
import { RewritingStream } from "parse5-html-rewriting-stream";

/**
 * Takes the framework's runtime out of a page: its scripts, the hints that would load them, and the marks it leaves for
 * them in the text. What is ours carries `data-candor`, or is data rather than script, and stays.
 */
export async function stripFramework(html: string): Promise<string> {
  const stream = new RewritingStream();
  const parts: string[] = [];
  stream.on("data", (part: Buffer | string) => parts.push(String(part)));
  let isSkipping = false;
  stream.on("startTag", (tag, raw) => {
    const attribute = (name: string) => tag.attrs.find((each) => each.name === name)?.value;
    if (tag.tagName === "script") {
      const isOurs = attribute("data-candor") !== undefined || attribute("type") === "application/ld+json";
      isSkipping = !isOurs;
      if (isOurs) stream.emitRaw(raw.replace(' data-candor=""', ""));
    } else if (tag.tagName !== "link") {
      stream.emitRaw(raw);
    } else if (attribute("as") !== "script") {
      stream.emitRaw(raw.replace(' data-precedence="next"', ""));
    }
  });
  stream.on("endTag", (tag, raw) => {
    if (tag.tagName === "script" && isSkipping) isSkipping = false;
    else stream.emitRaw(raw);
  });
  stream.on("text", (_token, raw) => {
    if (!isSkipping) stream.emitRaw(raw);
  });
  stream.on("comment", () => undefined);
  stream.end(html);
  await once(stream, "end");
  return parts.join("");
}
