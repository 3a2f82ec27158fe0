import type { ChannelName } from "#lib/model/subscription.ts";
import type { Channel } from "./channel.ts";
import { discord } from "./chat/discord.ts";
import { slack } from "./chat/slack.ts";
import { teams } from "./chat/teams.ts";
import { email } from "./email/email.ts";
import { webhook } from "./webhook/webhook.ts";
import { webpush } from "./webpush.ts";

/** Every channel there is. A new one is a file and a line here. */
export const channels: Readonly<Record<ChannelName, Channel>> = { email, webhook, slack, discord, teams, webpush };
