import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { vaultOf } from "#lib/access/open-vault.ts";
import { readSecrets } from "#lib/access/secret.ts";
import { vapidKeys } from "#lib/access/vapid.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import { addressFaultWords, type WrongAddress } from "#lib/delivery/channels/wrong-address.ts";
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
import type { OpenHandler, PageSource } from "../open-front.ts";
import { isFromUs } from "../operator/gate.ts";
import { type Answer, readBody } from "../serve/exchange.ts";
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
export async function readersHandler(
  database: Database,
  environment: Environment,
  clock: () => number = Date.now,
): Promise<OpenHandler> {
  const vault = await vaultOf(database, await readSecrets(environment));
  const subscriptionContext = { database, vault, mailFolder: join(environment.data, "mail") };
  const allowPrivateTargets = environment.channels?.allowPrivateTargets ?? false;
  const { publicKey: pushKey } = await vapidKeys(database, vault, environment);
  return subscriptionHandler(subscriptionContext, { allowPrivateTargets, answerMs: ANSWER_MS, pushKey }, clock);
}

export function subscriptionHandler(
  subscriptionContext: SubscriptionContext,
  rules: Rules,
  clock: () => number,
): OpenHandler {
  const limits = new SignUpLimits(clock);
  return (pageSource) => {
    const signUpContext: SignUpContext = { ...rules, subscriptionContext, pageSource, limits, clock };
    return (request) => {
      const url = URL.parse(request.url ?? "", "http://localhost");
      const path = url?.pathname.replace(/(?<=.)\/+$/, "") ?? "";
      if (path === "/subscribe")
        return signUpAnswer(request, url?.searchParams ?? new URLSearchParams(), signUpContext);
      const own = /^\/subscriptions\/([\w-]{1,100})(\/leave)?$/.exec(path);
      if (!own) return undefined;
      return ownAnswer(request, own[1] ?? "", own[2] !== undefined, signUpContext);
    };
  };
}

async function signUpAnswer(
  request: IncomingMessage,
  query: URLSearchParams,
  signUpContext: SignUpContext,
): Promise<Answer> {
  const { answerMs, clock, subscriptionContext, limits, pageSource, pushKey } = signUpContext;
  const site = pageSource.site();
  const { config } = site;
  const show = (status: number, view: SubscriberView, headers = {}) => shown(signUpContext, status, view, headers);
  const refuse = (status: number, reason: Refused["reason"], headers = {}) =>
    show(status, { kind: "refused", reason }, headers);
  const isClosed = config.signup?.isOpen === false;
  if (isGet(request)) {
    const channel = channelOf(query.get("by") ?? "email", config);
    const interest = { ...EVERYTHING, components: knownComponents(config, query.getAll("component")) };
    const state = { channel, address: "", interest, faults: [], pushKey };
    return await show(200, isClosed ? { kind: "closed" } : { kind: "sign-up", state });
  }
  if (request.method !== "POST") return { status: 405, headers: { allow: "GET, HEAD, POST" } };
  const ending = sleep(answerMs);
  const form = await readForm(request);
  if (!form) return await refuse(413, "notOurs");
  if (isForeign(request, site)) return await refuse(403, "foreign");
  const admitted = await limits.count(request);
  if ("seconds" in admitted) {
    return await refuse(429, "tooMany", { "retry-after": String(admitted.seconds) });
  }
  if (isClosed) return await show(403, { kind: "closed" });

  const wish = readWish(form, config, signUpContext);
  if ("faults" in wish) return await show(422, { kind: "sign-up", state: { ...wish, pushKey } });
  // What fills in the field that nobody sees is answered like everybody else.
  const isProgram = (form.get(HONEYPOT) ?? "") !== "";
  if (!isProgram) await signUp(subscriptionContext, wish, config, clock(), admitted.delayMs);
  await ending;
  return await show(200, { kind: "sent", channel: wish.channel });
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
  request: IncomingMessage,
  token: string,
  isLeaving: boolean,
  signUpContext: SignUpContext,
): Promise<Answer> {
  const { clock, subscriptionContext, pageSource } = signUpContext;
  const site = pageSource.site();
  const call = { token, isLeaving };
  const show = (status: number, view: SubscriberView) => shown(signUpContext, status, view, PRIVATE);
  if (isGet(request)) {
    const { view, status } = await ownPage(subscriptionContext, call, site.config, clock());
    return await show(status, view);
  }
  if (request.method !== "POST") return { status: 405, headers: { ...PRIVATE, allow: "GET, HEAD, POST" } };
  // Mail programs may send what they like to leave; nobody is kept from leaving by the form of it.
  const form = (await readForm(request)) ?? (isLeaving ? new URLSearchParams() : undefined);
  if (!form) return await show(413, { kind: "refused", reason: "notOurs" });
  if (!isLeaving && isForeign(request, site)) return await show(403, { kind: "refused", reason: "foreign" });
  const { view, status } = await ownPage(subscriptionContext, { ...call, form }, site.config, clock());
  return await show(status, view);
}

async function shown(
  { pageSource }: SignUpContext,
  status: number,
  view: SubscriberView,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  // Not compressed: what somebody typed and a token of their own stand in one answer.
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
    body: await pageSource.draw({ path: "/subscribe", view }),
  };
}

/** The fields of a form; undefined when it is too large or none. */
async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? "")) return undefined;
  const bytes = await readBody(request, MOST_BYTES);
  return bytes === "too-large" ? undefined : new URLSearchParams(bytes.toString("utf8"));
}

function isGet({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD";
}

/** A page that names no other site to anybody names its own as “null”. */
function isForeign(request: IncomingMessage, { config }: Site): boolean {
  const { origin } = request.headers;
  return origin !== undefined && origin !== "null" && !isFromUs(request, config.url);
}

function channelOf(name: string, config: SiteConfig): ChannelName {
  return offeredChannels(config).find((each) => each === name) ?? "email";
}
