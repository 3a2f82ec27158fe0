import type { Element, ElementContent } from "hast";
import { h } from "hastscript";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { button, faultOf, interestFields } from "./fields.ts";
import type { Fault } from "./interest.ts";
import { timingFields } from "./timing-form.ts";

/** What stands in the page's own place; around it is what stands around every page. */
export interface Content {
  readonly title: string;
  readonly body: readonly ElementContent[];
}

/** Channels in the order in which they are offered. All but the last, whose address only a browser knows, need no script. */
const FORM_CHANNELS = ["email", "webhook", "slack", "discord", "teams", "webpush"] as const satisfies ChannelName[];

interface Words {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly input: Readonly<Record<string, string>>;
}

const URL_INPUT = { type: "url", autoComplete: "off", placeholder: "https://" };

export const CHANNEL_WORDS: Readonly<Record<ChannelName, Words>> = {
  email: {
    name: "E-mail",
    label: "E-mail address",
    hint: "A message with a link to confirm goes there first.",
    // Browsers take none but ASCII letters in a field of the type “email” (HTML, section 4.10.5.1.5).
    input: { type: "text", inputMode: "email", autoComplete: "email" },
  },
  webhook: {
    name: "Webhook",
    label: "Address of the webhook",
    hint: "It gets JSON by POST. The first message has a link to confirm.",
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
  webpush: {
    name: "This browser",
    label: "This browser",
    hint: "It shows a notification, also when this page is closed. Neither your name nor an address of yours is needed.",
    input: { type: "hidden" },
  },
};

/** The name by which only programs that fill in everything sign up. */
export const HONEYPOT = "website";

export interface SignUpState {
  readonly channel: ChannelName;
  readonly address: string;
  /** Of a webhook: what else was typed. */
  readonly webhook?: { readonly isStatuspage: boolean; readonly contact: string };
  readonly interest: Interest;
  readonly faults: readonly Fault[];
  /** By which a browser knows what this site pushes. */
  readonly pushKey: string;
}

/** The channels that are open to everybody, or to addresses of certain organisations alone. */
export function offeredChannels({ signup }: SiteConfig): readonly ChannelName[] {
  return (signup?.domains.length ?? 0) > 0 ? ["email"] : FORM_CHANNELS;
}

export function signUpPage(config: SiteConfig, state: SignUpState): Content {
  const { channel } = state;
  const offered = offeredChannels(config);
  const isLimited = offered.length === 1;
  return {
    title: "Subscribe",
    body: [
      h("p.lead", `Be told when something at ${config.name} breaks, is repaired, or is worked on.`),
      ...(isLimited
        ? [h("p.hint", "Only addresses of certain organisations can subscribe here.")]
        : [
            h(
              "nav.ways",
              { ariaLabel: "Ways to be told" },
              offered.map((each) => wayTo(each, state)),
            ),
          ]),
      ...(channel === "webpush" ? browserForm(config, state) : [addressForm(config, state)]),
      h(
        "p.hint",
        "Addresses are kept encrypted, are used for these messages alone, and are erased when you ask for it on the page that every message links to.",
      ),
      ...feeds(),
      h("script", { src: "/assets/zone.js" }),
      ...(isLimited ? [] : [h("script", { src: "/assets/push/sign-up.js" })]),
    ],
  };
}

/** The way that needs script is shown by the script that it needs. */
function wayTo(channel: ChannelName, { channel: here, interest }: SignUpState): Element {
  const query = new URLSearchParams([
    ...(channel === "email" ? [] : [["by", channel]]),
    ...interest.components.map((id) => ["component", id]),
  ]);
  const href = query.size === 0 ? "/subscribe" : `/subscribe?${query}`;
  const byScript = channel === "webpush" && channel !== here ? { hidden: true, dataPushWay: "" } : {};
  return h("a", { href, ariaCurrent: channel === here ? "true" : undefined, ...byScript }, CHANNEL_WORDS[channel].name);
}

function addressForm(config: SiteConfig, state: SignUpState): Element {
  const { channel, faults, interest } = state;
  return h("form.form", { method: "post", action: "/subscribe", acceptCharset: "utf-8" }, [
    h("input", { type: "hidden", name: "channel", value: channel }),
    addressField(state),
    ...(channel === "webhook" ? webhookFields(state) : []),
    trap(),
    ...interestFields(config, interest, faults),
    ...timingFields(config, channel, interest, faults),
    h("div", [button("subscribe", "Subscribe")]),
  ]);
}

/** Nothing can be typed here: the script asks the browser for its address when the button is pressed. */
function browserForm(config: SiteConfig, { faults, interest, pushKey }: SignUpState): Element[] {
  const key = { dataPushKey: pushKey, hidden: true };
  return [
    h(
      "p.apart",
      { dataPushMissing: "" },
      "This browser cannot be told: that takes JavaScript, a secure connection, and a browser that shows notifications. Choose another way above.",
    ),
    h("form.form", { method: "post", action: "/subscribe", acceptCharset: "utf-8", ...key }, [
      h("input", { type: "hidden", name: "channel", value: "webpush" }),
      h("input", { type: "hidden", name: "address", value: "" }),
      h("p.hint", CHANNEL_WORDS.webpush.hint),
      ...faultOf(faults, "address"),
      ...interestFields(config, interest, faults),
      ...timingFields(config, "webpush", interest, faults),
      h("div", [button("subscribe", "Allow and subscribe"), h("p.fault", { role: "status", dataPushSaid: "" })]),
    ]),
  ];
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

/** In which form it wants its messages, and who is to know when it does not answer. */
function webhookFields({ faults, webhook }: SignUpState): Element[] {
  const fault = faultOf(faults, "contact");
  return [
    h("div.field", [
      h("label", { htmlFor: "form" }, "Form of the messages"),
      h("select", { id: "form", name: "form" }, [
        h("option", { value: "standard" }, "Standard Webhooks, signed"),
        h("option", { value: "statuspage", selected: webhook?.isStatuspage }, "As Statuspage sends them"),
      ]),
    ]),
    h("div.field", [
      h("label", { htmlFor: "contact" }, "Who looks after it (e-mail)"),
      h(
        "p.hint",
        { id: "contact-hint" },
        "May be left empty. We write there when the webhook has not answered for more than a day, or is gone.",
      ),
      ...fault,
      h("input", {
        id: "contact",
        name: "contact",
        type: "text",
        inputMode: "email",
        autoComplete: "email",
        maxLength: 300,
        value: webhook?.contact ?? "",
        ariaDescribedBy: fault.length > 0 ? "contact-hint contact-fault" : "contact-hint",
        ariaInvalid: fault.length > 0 ? "true" : undefined,
      }),
    ]),
  ];
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
export function sentPage(channel: ChannelName): Content {
  return channel === "webpush" ? pushedPage() : writtenPage(channel);
}

function writtenPage(channel: ChannelName): Content {
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

function pushedPage(): Content {
  return {
    title: "Look for a notification",
    body: [
      h(
        "p.lead",
        { role: "status" },
        "A first notification is on its way to this browser. With it you are subscribed.",
      ),
      h("p", "Press it to choose what you are told of, or to leave; every later one has a button for that."),
      h("p", [
        "Nothing there after a minute? See whether your system shows notifications of this browser, then ",
        h("a", { href: "/subscribe?by=webpush" }, "try again"),
        ".",
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
