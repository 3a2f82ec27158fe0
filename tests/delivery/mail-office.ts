import { randomBytes } from "node:crypto";
import { type ParsedMail, simpleParser } from "mailparser";
import { expect } from "vitest";
import { vaultOf } from "#lib/access/open-vault.ts";
import { attemptDependencies } from "#lib/delivery/attempt-dependencies.ts";
import { channels } from "#lib/delivery/channels/channels.ts";
import type { Interest } from "#lib/model/subscription.ts";
import type { Told } from "#lib/publishing/seal.ts";
import type { Database } from "#lib/store/dialect.ts";
import type { Post } from "./post.ts";
import { Office } from "./world.ts";

/** A mail as its receiver has it, and when it came by the clock of the story. */
export interface Got {
  readonly at: string;
  readonly to: string;
  readonly mail: ParsedMail;
  readonly text: string;
}

export const SECRET = "a secret of these tests alone";

/** Subscribers by mail, and a mail server that keeps what it is sent; time goes on only as the story says. */
export class MailOffice {
  readonly office: Office;
  readonly #post: Post;
  /** Everything that arrived, in order. */
  readonly got: Got[] = [];

  constructor(office: Office, post: Post) {
    this.office = office;
    this.#post = post;
  }

  static async open(database: Database, post: Post): Promise<MailOffice> {
    const vault = await vaultOf(database, [SECRET]);
    return new MailOffice(new Office(database, { vault, channels: [channels.email] }), post);
  }

  async subscribe(address: string, interest: Partial<Interest> = {}): Promise<string> {
    const { office } = this;
    const id = randomBytes(8).toString("hex");
    const subscriber = office.vault.pseudonym("email", address);
    await office.subscriptions.add(
      [{ ...office.subscription(id, address, interest), channel: "email", subscriber }],
      0,
    );
    return id;
  }

  async publish(files: Readonly<Record<string, string>>, now: string): Promise<readonly Told[]> {
    const told = await this.office.publish(files, now);
    await this.deliver(now);
    return told;
  }

  /** Sends what is due at a time. @returns what arrived */
  async deliver(now: string): Promise<readonly Got[]> {
    const clock = () => Date.parse(now);
    const { office } = this;
    const { sealedText: _, ...dependencies } = attemptDependencies({
      vault: office.vault,
      transports: { email: this.#post.email },
      sealedText: () => Promise.reject(new Error("The worker's own is used.")),
      policy: { repeatUnknown: [] },
      siteUrl: () => "https://status.example.com",
      clock,
      leaseMs: 60_000,
    });
    const worker = office.work({ send: dependencies.send, dependencies, clock, settings: { leaseMs: 60_000 } });
    await worker.idle();
    await worker.stop(1_000);
    expect([office.errors, office.alarms]).toEqual([[], []]);
    const arrived: Got[] = [];
    for (const { content, to } of this.#post.receivers.received.splice(0)) {
      const mail = await simpleParser(content);
      arrived.push({ at: now, to: to[0] ?? "", mail, text: mail.text ?? "" });
    }
    this.got.push(...arrived);
    return arrived;
  }

  /** What one address got: the times, and how many of some words are in each. */
  gotBy(address: string): readonly Got[] {
    return this.got.filter(({ to }) => to === address);
  }
}
