import type { Answer } from "#lib/model/delivery.ts";
import { answerOf } from "./answers.ts";
import type { HttpSender } from "./sender.ts";

/** Tells a WebSub hub that a feed has something new, in the form that hubs have in common; it then asks for the feed itself. */
export async function pingHub(
  sender: HttpSender,
  { hub, topic, now }: { readonly hub: string; readonly topic: string; readonly now: () => number },
  signal: AbortSignal,
): Promise<Answer> {
  const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded", "user-agent": "Candor" };
  return answerOf(await sender.post({ url: hub, headers, body }, signal), () => false, now());
}
