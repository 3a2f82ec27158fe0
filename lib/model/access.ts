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
