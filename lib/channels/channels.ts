import type { ChannelName } from "#lib/model/subscription.ts";
import type { Channel } from "./channel.ts";
import { email } from "./email/email.ts";

/** Every channel there is. A new one is a file and a line here. */
export const channels: Readonly<Partial<Record<ChannelName, Channel>>> = { email };
