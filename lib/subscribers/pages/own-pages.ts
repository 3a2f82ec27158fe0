import type { Element } from "hast";
import { h } from "hastscript";
import { siteTitle } from "#lib/messages/naming.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { ChannelName, Interest } from "#lib/model/subscription.ts";
import { button, deed, interestFields } from "./fields.ts";
import type { Fault } from "./interest.ts";
import { CHANNEL_WORDS, type Content } from "./sign-up-pages.ts";
import { chosenInWords, timingFields } from "./timing-form.ts";

/** A subscription as its owner sees it. */
export interface Own {
  /** Path of its page. */
  readonly path: string;
  readonly channel: ChannelName;
  /** As its owner may see it. */
  readonly address: string;
  readonly interest: Interest;
  readonly signingSecret?: string;
  /** Who is written to when a webhook does not answer. */
  readonly contact?: string;
}

const NOT_ME = "If you did not ask for this, do nothing: it is forgotten within a week. Or have it erased now.";

export function confirmPage({ address, channel, path }: Own, config: SiteConfig): Content {
  return {
    title: "Confirm your subscription",
    body: [
      h("p.lead", `Messages of ${siteTitle(config)} would go to ${where(channel, address)}.`),
      deed(path, "confirm", "Yes, subscribe"),
      h("p.hint.apart", NOT_ME),
      deed(path, "erase", "No, erase this address", "other"),
    ],
  };
}

/** @param said what was just done, told at the top */
export function managePage(own: Own, config: SiteConfig, said?: string, faults: readonly Fault[] = []): Content {
  const { address, channel, contact, interest, path, signingSecret } = own;
  return {
    title: "Your subscription",
    body: [
      ...(said === undefined ? [] : [h("p.done", { role: "status" }, said)]),
      h("p.lead", `Messages of ${siteTitle(config)} go to ${where(channel, address)}.`),
      ...(contact === undefined ? [] : [h("p", `When it does not answer for long, we write to ${contact}.`)]),
      h(
        "ul.chosen",
        chosenInWords(config, channel, interest).map((each) => h("li", each)),
      ),
      h("form.form", { method: "post", action: path, acceptCharset: "utf-8" }, [
        ...interestFields(config, interest, faults),
        ...timingFields(config, channel, interest, faults),
        h("div", [button("change", "Save")]),
      ]),
      ...(signingSecret === undefined ? [] : signing(signingSecret)),
      h("h2", "Leave"),
      h("p", "Nothing more is sent. You can take it back on the next page."),
      deed(`${path}/leave`, "leave", "Unsubscribe", "other"),
      ...erasing(path),
    ],
  };
}

/** An address that has failed for long, until its owner says that it works again. */
export function asidePage({ address, channel, path }: Own, { name }: SiteConfig): Content {
  return {
    title: "Your subscription is set aside",
    body: [
      h("p.lead", `Messages of ${name} could not be delivered to ${where(channel, address)}, or came back from there.`),
      h("p", "Nothing is sent there until you say that it works again. What was missed is not sent later."),
      deed(path, "confirm", "It works again"),
      ...erasing(path),
    ],
  };
}

/** What a link shows that asks to leave: opening it does nothing, as mail programs open links by themselves. */
export function leavePage({ address, channel, path }: Own, config: SiteConfig): Content {
  return {
    title: "Unsubscribe",
    body: [
      h("p.lead", `Messages of ${siteTitle(config)} will no longer go to ${where(channel, address)}.`),
      deed(`${path}/leave`, "leave", "Unsubscribe"),
      h("p.apart", [h("a", { href: path }, "Change what you are told of instead")]),
    ],
  };
}

export function leftPage(path: string, canRejoin: boolean): Content {
  return {
    title: "You have unsubscribed",
    body: [
      h("p.lead", { role: "status" }, "Nothing more is sent to you."),
      ...(canRejoin
        ? [deed(path, "rejoin", "Undo", "other")]
        : [h("p", [h("a", { href: "/subscribe" }, "Subscribe again")])]),
      ...erasing(path),
    ],
  };
}

/** It has ended without its owner's doing, or nothing of it is kept any more. */
export function overPage(isErased: boolean): Content {
  return {
    title: isErased ? "Erased" : "This subscription has ended",
    body: [
      h(
        "p.lead",
        { role: "status" },
        isErased
          ? "The address is erased. What remains says that something was sent, and no longer to whom."
          : "The other side has said that this address is no longer there.",
      ),
      h("p", [h("a", { href: "/subscribe" }, "Subscribe again")]),
    ],
  };
}

/** The same for a link that never was one and for one whose subscription is gone. */
export function unknownPage(): Content {
  return {
    title: "This link is not good any more",
    body: [
      h("p.lead", "It may have been cut off when it was copied, or a newer message has a newer one."),
      h("p", [
        h("a", { href: "/subscribe" }, "Subscribe"),
        " again to get a new link: who is subscribed already gets one as well.",
      ]),
    ],
  };
}

function where(channel: ChannelName, address: string): string {
  if (channel === "email") return address;
  if (channel === "webpush") return "this browser";
  return `${CHANNEL_WORDS[channel].name} (${address})`;
}

function erasing(path: string): Element[] {
  return [
    h("details.erase", [
      h("summary", "Erase my address"),
      h("p", "It is unsubscribed and removed for good, with what you chose. This cannot be undone."),
      deed(path, "erase", "Erase it for good", "other"),
    ]),
  ];
}

function signing(secret: string): Element[] {
  return [
    h("details.erase", [
      h("summary", "Check our signatures"),
      h("p", "Each message is signed as Standard Webhooks describes. This secret is yours alone:"),
      h("p", h("code", secret)),
    ]),
  ];
}
