import { styleText } from "node:util";
import type { Reach } from "#lib/model/delivery.ts";

const STATES = {
  awaiting_approval: "waits for a second person",
  open: "under way",
  stopped: "stopped",
  done: "done",
} as const;

/** How far a notice has come on a channel, in one or two lines. */
export function reachText({ notice, channel, state, why, recipients, counts }: Reach): string {
  const parts = [
    `${counts.accepted.toLocaleString("en")} of ${recipients.toLocaleString("en")} received it`,
    ...(counts.queued + counts.sending > 0
      ? [`${(counts.queued + counts.sending).toLocaleString("en")} did not yet`]
      : []),
    ...(counts.failed > 0 ? [`${counts.failed.toLocaleString("en")} cannot`] : []),
    ...(counts.unknown > 0 ? [`of ${counts.unknown.toLocaleString("en")} nobody knows`] : []),
    ...(counts.folded > 0 ? [`${counts.folded.toLocaleString("en")} are told it by a later message`] : []),
    ...(counts.withdrawn > 0
      ? [`${counts.withdrawn.toLocaleString("en")} ${counts.withdrawn === 1 ? "was" : "were"} taken back`]
      : []),
  ];
  const at = new Date(notice.madeAt).toISOString().slice(0, 16).replace("T", " ");
  const head = `${styleText("bold", notice.id, { stream: process.stdout })}  ${at}Z  ${notice.kind.replace("_", " ")}  “${notice.event.title}”`;
  return `${head}\n    ${channel}, ${STATES[state]}: ${parts.join(", ")}.${why ? ` ${why}` : ""}`;
}
