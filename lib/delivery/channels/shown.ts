import type { Notice } from "#lib/model/notice.ts";
import { slack } from "./chat/slack.ts";
import { email } from "./email/email.ts";

/** A notice as people read it, before anything of a recipient's own is put in. */
export interface Shown {
  readonly subject: string;
  /** The text of the e-mail. */
  readonly text: string;
  /** The message in a chat. */
  readonly chat: string;
}

interface Block {
  readonly text?: { readonly text: string };
  readonly elements?: readonly { readonly text: string }[];
}

export function shownOf(notice: Notice): Shown {
  const { subject, text } = JSON.parse(email.render(notice).body) as Pick<Shown, "subject" | "text">;
  const { blocks } = JSON.parse(slack.render(notice).body) as { readonly blocks: readonly Block[] };
  const chat = blocks.flatMap((block) => [block.text?.text ?? "", ...(block.elements ?? []).map((each) => each.text)]);
  return { subject, text, chat: chat.filter(Boolean).map(readable).join("\n\n") };
}

/** What Slack makes of its marks: a link's words and address, and the three characters it wants escaped. */
function readable(marked: string): string {
  return marked
    .replace(/<([^<>|]+)\|([^<>]+)>/g, "$2: $1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
