import { createDecipheriv, createECDH, hkdfSync } from "node:crypto";
import type { Impact } from "./folder.ts";
import type { Habit } from "./receipt.ts";

export const CHANNELS = ["email", "webhook", "statuspage", "slack", "discord", "teams", "webpush"] as const;
/** A channel; a webhook in Statuspage's form is one of its own here. */
export type ChannelKind = (typeof CHANNELS)[number];

/** Somebody who subscribed. */
export interface Person {
  readonly number: number;
  readonly channel: ChannelKind;
  /** Which of the world's web servers they are on; mail has one server for all. */
  readonly host: number;
  /** Ids; none means all. */
  readonly components: readonly string[];
  readonly topics: readonly string[];
  readonly least: Impact;
  readonly habit: Habit;
}

/** The name by which the program knows the channel. */
export const channelName = (kind: ChannelKind) => (kind === "statuspage" ? "webhook" : kind);

/** What stands in the address of this person and of nobody else. */
const signOf = ({ number }: Pick<Person, "number">) => `p${number}z`;

/** Addresses in a text, each with the number of whose it is. Links and signatures may hold a sign by chance, addresses do not. */
export const ADDRESS = /127\.0\.0\.1:\d+\/p(?<hook>\d+)z|\bp(?<mailbox>\d+)z@example\.org/g;

/** One browser for all; what differs between subscriptions is the endpoint. */
const browser = createECDH("prime256v1");
browser.generateKeys();
const AUTH = Buffer.alloc(16, 7);

/** Where messages come, as the receiver sees it: a mailbox or a URL. */
export function receivedAt(person: Person, hosts: readonly string[]): string {
  return person.channel === "email" ? `${signOf(person)}@example.org` : `${hosts[person.host] ?? ""}/${signOf(person)}`;
}

/** As the person subscribes it. */
export function addressOf(person: Person, hosts: readonly string[]): string {
  const at = receivedAt(person, hosts);
  if (person.channel === "statuspage") return `${at} statuspage`;
  if (person.channel !== "webpush") return at;
  const keys = { p256dh: browser.getPublicKey("base64url"), auth: AUTH.toString("base64url") };
  return JSON.stringify({ endpoint: at, keys });
}

/** What a browser reads of a push: one record of `aes128gcm` (RFC 8188) with the keys of RFC 8291. */
export function openPush(body: Buffer): string {
  const sender = body.subarray(21, 21 + (body[20] ?? 0));
  const record = body.subarray(21 + sender.length);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync("sha256", browser.computeSecret(sender), AUTH, info, 32));
  const salt = body.subarray(0, 16);
  const key = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: nonce\0", 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}
