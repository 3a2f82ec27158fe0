import { randomBytes } from "node:crypto";
import inject from "light-my-request";
import { openVault, type Vault } from "#lib/access/vault.ts";
import type { SiteConfig } from "#lib/model/config.ts";
import type { Answer, Message } from "#lib/model/delivery.ts";
import type { Database } from "#lib/store/dialect.ts";
import { type Subscription, SubscriptionStore } from "#lib/store/subscriptions.ts";
import { sendLetters } from "#lib/subscribers/letters.ts";
import { answerRoutes } from "#lib/web/http/route.ts";
import type { PageView } from "#lib/web/page-views.ts";
import { subscriptionRoutes } from "#lib/web/subscriptions/routes.ts";
import { siteOf } from "#tests/compile/site-of.ts";
import { drawn } from "#tests/drawn.ts";

/** Signing up with its store, at a time that the test moves, and every message that left. */
export class House {
  readonly database: Database;
  readonly vault: Vault = openVault(["a secret of tests"], randomBytes(32));
  mailFolder = "unused";
  readonly store: SubscriptionStore;
  readonly messages: Message[] = [];
  /** What becomes of each letter. */
  answer: Answer = { outcome: "accepted", detail: "250 OK" };
  isHalted = false;
  readonly errors: unknown[] = [];
  now = Date.parse("2026-11-23T12:00:00Z");
  config: SiteConfig = siteOf({}, "2026-11-23T12:00:00Z").config;
  /** Where requests come from. */
  from = "203.0.113.7";
  readonly #listener;

  constructor(database: Database) {
    this.database = database;
    this.store = new SubscriptionStore(database);
    const routes = subscriptionRoutes(
      this,
      { allowPrivateTargets: false, answerMs: 0, pushKey: "BKey" },
      () => this.now,
    );
    const pageSource = {
      site: () => ({ ...siteOf({}, "2026-11-23T12:00:00Z"), config: this.config }),
      draw: (page: PageView) => Promise.resolve(drawn(page, this.config)),
    };
    this.#listener = answerRoutes(
      routes(pageSource),
      (_, response) => response.end("elsewhere"),
      (error) => this.errors.push(error),
    );
  }

  get(url: string) {
    return inject(this.#listener, { method: "GET", url, remoteAddress: this.from });
  }

  post(url: string, form: string | Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
    const payload = typeof form === "string" ? form : new URLSearchParams(form).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return inject(this.#listener, {
      method: "POST",
      url,
      payload,
      headers: { ...type, ...headers },
      remoteAddress: this.from,
    });
  }

  signUp(address: string, more: Readonly<Record<string, string>> = {}) {
    return this.post("/subscribe", { address, topic: "incidents", impact: "none", ...more });
  }

  /** Sends what is due. @returns the messages that left */
  async letters(): Promise<readonly Message[]> {
    const before = this.messages.length;
    const send = (message: Message) => {
      if (this.answer.outcome === "accepted") this.messages.push(message);
      return Promise.resolve(this.answer);
    };
    const { config, database, mailFolder, vault } = this;
    const dependencies = {
      database,
      vault,
      mailFolder,
      config,
      send,
      isHalted: () => this.isHalted,
      clock: () => this.now,
    };
    while ((await sendLetters(dependencies, new AbortController().signal)) > 0);
    return this.messages.slice(before);
  }

  /** Everything that is kept of subscriptions. */
  async kept(): Promise<readonly Subscription[]> {
    const all: Subscription[] = [];
    for await (const one of this.store.all()) all.push(one);
    return all;
  }

  /** Signs up and confirms. @returns the path of the subscription's page */
  async subscribed(address: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    await this.signUp(address, more);
    const [letter] = await this.letters();
    const path = pathIn(letter);
    await this.post(path, { step: "confirm" });
    return path;
  }
}

/** The page that a letter links to. */
export function pathIn(message: Message | undefined): string {
  const found = /\/subscriptions\/[\w-]+/.exec(message?.body ?? "")?.[0];
  if (found === undefined) throw new Error("There is no link in the message.");
  return found;
}
