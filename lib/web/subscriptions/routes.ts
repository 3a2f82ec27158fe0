import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { vapidKeys } from "#lib/access/vapid.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { addressFaultWords, type WrongAddress } from "#lib/delivery/channels/read-address.ts";
import { messagesIn } from "#lib/messages/messages.ts";
import { knownComponents } from "#lib/model/component-ids.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Site } from "#lib/model/site.ts";
import type { ChannelName } from "#lib/model/subscription.ts";
import type { Environment } from "#lib/settings/environment.ts";
import type { Database } from "#lib/store/dialect.ts";
import { EVERYTHING, type Fault, readInterest } from "#lib/subscribers/forms/interest.ts";
import { HONEYPOT, offeredChannels, type SignUpState, type SubscriberView } from "#lib/subscribers/forms/view.ts";
import { type SubscriptionContext, signUp, type Wish } from "#lib/subscribers/sign-up.ts";
import type { Answer } from "../http/answer.ts";
import type { Call, Route } from "../http/route.ts";
import { type FormCall, formBody, isFromUs } from "../http/steps.ts";
import type { OpenRoutes, PageSource } from "../open-front.ts";
import { SignUpLimits } from "./limits.ts";
import { ownPage } from "./own.ts";

const MOST_BYTES = 32 * 1024;

const ANSWER_MS = 400;

/** The pages of one subscription are its owner's alone: kept nowhere, listed nowhere, named to no other site. */
const PRIVATE = { "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow, noarchive" };

interface Rules {
  readonly allowPrivateTargets: boolean;
  /** So long takes each answer to a sign-up at least, so that its time does not tell what was found. */
  readonly answerMs: number;
  /** By which a browser knows what this site pushes. */
  readonly pushKey: string;
}

type Refused = Extract<SubscriberView, { readonly kind: "refused" }>;

interface SignUpContext extends Rules {
  readonly subscriptionContext: SubscriptionContext;
  readonly pageSource: PageSource;
  readonly limits: SignUpLimits;
  readonly clock: () => number;
}

/** Lets readers subscribe, and owners of a subscription change and end it. Works without script and without cookies. */
export async function openSubscriptionRoutes(
  database: Database,
  environment: Environment,
  clock: () => number = Date.now,
): Promise<OpenRoutes> {
  const vault = await vaultOf(database, await readSecrets(environment));
  const subscriptionContext = { database, vault, mailFolder: join(environment.data, "mail") };
  const allowPrivateTargets = environment.channels?.allowPrivateTargets ?? false;
  const { publicKey: pushKey } = await vapidKeys(database, vault, environment);
  return subscriptionRoutes(subscriptionContext, { allowPrivateTargets, answerMs: ANSWER_MS, pushKey }, clock);
}

export function subscriptionRoutes(
  subscriptionContext: SubscriptionContext,
  rules: Rules,
  clock: () => number,
): OpenRoutes {
  const limits = new SignUpLimits(clock);
  return (pageSource) => {
    const context: SignUpContext = { ...rules, subscriptionContext, pageSource, limits, clock };
    const own = (path: string, isLeaving: boolean): Route => ({
      path,
      on: {
        GET: (call) => ownAnswer(call, isLeaving, context),
        POST: formBody(MOST_BYTES, (call) => changeOwn(call, isLeaving, context)),
      },
      onOther: (allow) => ({ status: 405, headers: { ...PRIVATE, allow } }),
    });
    return [
      {
        path: "/subscribe",
        on: {
          GET: (call) => showForm(call, context),
          POST: formBody(MOST_BYTES, (call) => takeForm(call, context)),
        },
      },
      own("/subscriptions/:token", false),
      own("/subscriptions/:token/leave", true),
    ];
  };
}

async function showForm({ query }: Call, context: SignUpContext): Promise<Answer> {
  const { config } = context.pageSource.site();
  if (config.signup?.isOpen === false) return await shown(context, 200, { kind: "closed" });
  const channel = channelOf(query.get("by") ?? "email", config);
  const interest = { ...EVERYTHING, components: knownComponents(config, query.getAll("component")) };
  const state = { channel, address: "", interest, faults: [], pushKey: context.pushKey };
  return await shown(context, 200, { kind: "sign-up", state });
}

async function takeForm({ form, request }: FormCall, context: SignUpContext): Promise<Answer> {
  const { answerMs, clock, subscriptionContext, limits, pageSource, pushKey } = context;
  const site = pageSource.site();
  const { config } = site;
  const refuse = (status: number, reason: Refused["reason"], headers = {}) =>
    shown(context, status, { kind: "refused", reason }, headers);
  const ending = sleep(answerMs);
  if (typeof form === "string") return await refuse(413, "notOurs");
  if (isForeign(request, site)) return await refuse(403, "foreign");
  const admitted = await limits.count(request);
  if ("seconds" in admitted) return await refuse(429, "tooMany", { "retry-after": String(admitted.seconds) });
  if (config.signup?.isOpen === false) return await shown(context, 403, { kind: "closed" });

  const wish = readWish(form, config, context);
  if ("faults" in wish) return await shown(context, 422, { kind: "sign-up", state: { ...wish, pushKey } });
  // What fills in the field that nobody sees is answered like everybody else.
  const isProgram = (form.get(HONEYPOT) ?? "") !== "";
  if (!isProgram) await signUp(subscriptionContext, wish, config, clock(), admitted.delayMs);
  await ending;
  return await shown(context, 200, { kind: "sent", channel: wish.channel });
}

/** What a form asks for; or what is wrong with it, with what was typed. */
function readWish(form: URLSearchParams, config: SiteConfig, rules: Rules): Wish | Omit<SignUpState, "pushKey"> {
  const channel = channelOf(form.get("channel") ?? "email", config);
  const typed = form.get("address") ?? "";
  const webhook =
    channel === "webhook"
      ? { isStatuspage: form.get("form") === "statuspage", contact: (form.get("contact") ?? "").trim().slice(0, 300) }
      : undefined;
  const read = channels[channel].readAddress(webhook?.isStatuspage ? `${typed} statuspage` : typed, rules);
  const contact = webhook?.contact ? channels.email.readAddress(webhook.contact, rules) : undefined;
  const { faults: others, interest } = readInterest(form, config, channel);
  const faults: Fault[] = [
    ...("value" in read ? [] : [faultAt("address", read, config)]),
    ...(contact && !("value" in contact) ? [faultAt("contact", contact, config)] : []),
    ...others,
  ];
  if ("value" in read && faults.length === 0) {
    return {
      channel,
      address: read.value,
      interest,
      contact: contact && "value" in contact ? contact.value : undefined,
    };
  }
  return { channel, address: typed.slice(0, 300), interest, faults, ...(webhook && { webhook }) };
}

function faultAt(field: Fault["field"], wrong: WrongAddress, { locale }: SiteConfig): Fault {
  const t = messagesIn(locale);
  return { field, text: t.fault.both(addressFaultWords(wrong, t)) };
}

async function ownAnswer(
  { params: { token = "" } }: Call,
  isLeaving: boolean,
  context: SignUpContext,
  form?: URLSearchParams,
): Promise<Answer> {
  const { clock, subscriptionContext, pageSource } = context;
  const call = { token, isLeaving, ...(form && { form }) };
  const { view, status } = await ownPage(subscriptionContext, call, pageSource.site().config, clock());
  return await shown(context, status, view, PRIVATE);
}

async function changeOwn(call: FormCall, isLeaving: boolean, context: SignUpContext): Promise<Answer> {
  const refuse = (status: number, reason: Refused["reason"]) =>
    shown(context, status, { kind: "refused", reason }, PRIVATE);
  // Mail programs may send what they like to leave; nobody is kept from leaving by the form of it.
  const form = typeof call.form === "string" && isLeaving ? new URLSearchParams() : call.form;
  if (typeof form === "string") return await refuse(413, "notOurs");
  if (!isLeaving && isForeign(call.request, context.pageSource.site())) return await refuse(403, "foreign");
  return await ownAnswer(call, isLeaving, context, form);
}

async function shown(
  { pageSource }: SignUpContext,
  status: number,
  view: SubscriberView,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  // Not compressed: what somebody typed and a token of their own stand in one answer.
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
    body: await pageSource.draw({ path: "/subscribe", view }),
  };
}

/** A page that names no other site to anybody names its own as “null”. */
function isForeign(request: IncomingMessage, { config }: Site): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origin !== "null" && !isFromUs(request, config.url);
}

function channelOf(name: string, config: SiteConfig): ChannelName {
  return offeredChannels(config).find((each) => each === name) ?? "email";
}
