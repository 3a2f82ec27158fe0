/**
 * What a token lets its holder do: each of the first three may do what those before it may. A `machine` writes drafts and
 * updates through the API, a `mailer` hands in mails that came back; neither can sign in on the operator's page.
 */
export const ROLES = ["reader", "author", "publisher", "machine", "mailer"] as const;
export type Role = (typeof ROLES)[number];

/**
 * What can be done: look at drafts and previews, write through the API, write what the next publication shows, show it to
 * readers (or stop it), hand in mails that came back, and sign in on the operator's page.
 */
export type Deed = "read" | "draft" | "write" | "publish" | "return" | "sign-in";

const DEEDS: Readonly<Record<Role, readonly Deed[]>> = {
  reader: ["read", "sign-in"],
  author: ["read", "draft", "write", "sign-in"],
  publisher: ["read", "draft", "write", "publish", "sign-in"],
  machine: ["draft"],
  mailer: ["return"],
};

export function may(role: Role, deed: Deed): boolean {
  return DEEDS[role].includes(deed);
}

/** A person or a machine, as far as a token tells: what a commit names as its author. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

/** A right to act, as it is kept: everything but the secret. */
export interface Token {
  /** The person or the machine; commits name it as their author. */
  readonly name: string;
  readonly role: Role;
  readonly email?: string;
  /** SHA-256 of the secret, in hexadecimal: of 256 random bits, no slower hash would keep anything safer. */
  readonly hash: string;
  /** Dates, `YYYY-MM-DD` in UTC. */
  readonly addedOn: string;
  /** The last day on which it is good. */
  readonly expiresOn?: string;
  readonly usedOn?: string;
}
