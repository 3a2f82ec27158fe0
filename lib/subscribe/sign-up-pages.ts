import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { button, faultOf, interestFields } from "./fields.ts";
import type { Fault } from "./interest.ts";

/** What stands in the page's own place; around it is what stands around every page. */
export interface Content {
  readonly title: string;
  readonly body: readonly ElementContent[];
}

/** Channels that somebody can sign up for on a page that works without script. */
export const FORM_CHANNELS = ["email", "webhook", "slack", "discord", "teams"] as const satisfies ChannelName[];
export type FormChannel = (typeof FORM_CHANNELS)[number];

interface Words {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly input: Readonly<Record<string, string>>;
}

const URL_INPUT = { type: "url", autoComplete: "off", placeholder: "https://" };

export const CHANNEL_WORDS: Readonly<Record<FormChannel, Words>> = {
  email: {
    name: "E-mail",
    label: "E-mail address",
    hint: "A message with a link to confirm goes there first.",
    input: { type: "email", autoComplete: "email" },
  },
  webhook: {
    name: "Webhook",
    label: "Address of the webhook",
    hint: "It gets signed JSON by POST (Standard Webhooks). The first one has a link to confirm.",
    input: URL_INPUT,
  },
  slack: {
    name: "Slack",
    label: "Address of an incoming webhook",
    hint: "Make one in Slack under Apps, Incoming Webhooks. A message with a link to confirm is posted there first.",
    input: URL_INPUT,
  },
  discord: {
    name: "Discord",
    label: "Address of a channel's webhook",
    hint: "Make one under the channel's settings, Integrations. A message with a link to confirm is posted there first.",
    input: URL_INPUT,
  },
  teams: {
    name: "Teams",
    label: "Address of a workflow",
    hint: "Make one from the template that posts to a channel when a webhook request is received. A message with a link to confirm is posted there first.",
    input: URL_INPUT,
  },
};

/** The name by which only programs that fill in everything sign up. */
export const HONEYPOT = "website";

export interface SignUpState {
  readonly channel: FormChannel;
  readonly address: string;
  readonly interest: Interest;
  readonly faults: readonly Fault[];
}

export function signUpPage(config: SiteConfig, state: SignUpState): Content {
  const { channel, faults, interest } = state;
  const isLimited = channel === "email" && (config.signup?.domains.length ?? 0) > 0;
  return {
    title: "Subscribe",
    body: [
      h("p.lead", `Be told when something at ${config.name} breaks, is repaired, or is worked on.`),
      h(
        "nav.ways",
        { ariaLabel: "Ways to be told" },
        FORM_CHANNELS.map((each) => wayTo(each, channel)),
      ),
      ...(isLimited ? [h("p.hint", "Only addresses of certain organisations can subscribe here.")] : []),
      h("form.form", { method: "post", action: "/subscribe", acceptCharset: "utf-8" }, [
        h("input", { type: "hidden", name: "channel", value: channel }),
        addressField(state),
        trap(),
        ...interestFields(config, interest, faults),
        h("div", [button("subscribe", "Subscribe")]),
      ]),
      h(
        "p.hint",
        "Your address is kept encrypted, is used for these messages alone, and is erased when you ask for it on the page that every message links to.",
      ),
      ...feeds(),
    ],
  };
}

function wayTo(channel: FormChannel, here: FormChannel): Element {
  const href = channel === "email" ? "/subscribe" : `/subscribe?by=${channel}`;
  return h("a", { href, ariaCurrent: channel === here ? "true" : undefined }, CHANNEL_WORDS[channel].name);
}

function addressField({ address, channel, faults }: SignUpState): Element {
  const { hint, input, label } = CHANNEL_WORDS[channel];
  const fault = faultOf(faults, "address");
  const described = fault.length > 0 ? "address-hint address-fault" : "address-hint";
  return h("div.field", [
    h("label", { htmlFor: "address" }, label),
    h("p.hint", { id: "address-hint" }, hint),
    ...fault,
    h("input", {
      id: "address",
      name: "address",
      required: true,
      maxLength: 2048,
      spellCheck: "false",
      autoCapitalize: "none",
      ...input,
      value: address,
      ariaDescribedBy: described,
      ariaInvalid: fault.length > 0 ? "true" : undefined,
    }),
  ]);
}

/** Nobody sees this field; what fills it in is a program. */
function trap(): Element {
  return h("div.trap", { ariaHidden: "true" }, [
    h("label", [
      "Leave this empty ",
      h("input", { type: "text", name: HONEYPOT, tabIndex: -1, autoComplete: "off", value: "" }),
    ]),
  ]);
}

/** The same whoever has signed up with whatever address. */
export function sentPage(channel: FormChannel): Content {
  const where = channel === "email" ? "your mailbox" : "the place you named";
  return {
    title: "One more step",
    body: [
      h("p.lead", { role: "status" }, `If this address can subscribe here, a message is on its way to ${where}.`),
      h("p", "Open the link in it and press the button there. Until then nothing else is sent."),
      h("p", [
        "Nothing there after some minutes? Look among the junk mail, and whether the address was right; then ",
        h("a", { href: "/subscribe" }, "try again"),
        ". One address gets only a few such messages a day.",
      ]),
    ],
  };
}

export function closedPage(config: SiteConfig): Content {
  return {
    title: "Subscribe",
    body: [
      h("p.lead", `${config.name} takes no new subscriptions at the moment.`),
      h("p", "Those who have subscribed go on being told, and can change or leave by the links in their messages."),
      ...feeds(),
    ],
  };
}

/** What was sent cannot be taken, for a reason that has nothing to do with the address. */
export function refusedPage(reason: string): Content {
  return { title: "That did not work", body: [h("p.lead", { role: "alert" }, reason), again()] };
}

function again(): Element {
  return h("p", [h("a", { href: "/subscribe" }, "Back to the form")]);
}

function feeds(): Element[] {
  return [
    h("h2", "Without an address"),
    h("p", [
      "A feed reader needs no address of yours: ",
      h("a", { href: "/history.atom" }, "Atom"),
      ", ",
      h("a", { href: "/history.rss" }, "RSS"),
      " or ",
      h("a", { href: "/feed.json" }, "JSON Feed"),
      ".",
    ]),
  ];
}
