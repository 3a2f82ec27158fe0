import type { Vault } from "#lib/access/vault.ts";

type Proofs = Pick<Vault, "proof">;

/**
 * Where a mail returns that cannot be delivered: `name+<subscription>-<proof>@domain` (VERP), or the plain address for what
 * is no notice. Only we can make the proof, so nobody can report as returned what was never sent. In small letters and
 * short: some mail servers fold the case, and none takes more than 64 characters before the `@`.
 */
export function returnAddress(bounces: string, id: string, proofs: Proofs): string {
  const [notice = "", subscription = ""] = id.split(".");
  if (notice === "letter" || subscription === "") return bounces;
  return bounces.replace("@", `+${subscription}-${proofOf(notice, subscription, proofs)}@`);
}

/** The message that returned to an address, of those that a subscription was sent; `to` is what stands behind the `+`. */
export function subscriptionReturned(to: string): string | undefined {
  return /^([a-z0-9]{1,40})-[0-9a-f]{16}$/.exec(to.toLowerCase())?.[1];
}

/** Whether what stands behind the `+` was made by us for a message. */
export function isReturnOf(to: string, notice: string, subscription: string, proofs: Proofs): boolean {
  return to.toLowerCase() === `${subscription}-${proofOf(notice, subscription, proofs)}`;
}

/** 64 bits in hexadecimal; each guess takes a mail. */
function proofOf(notice: string, subscription: string, proofs: Proofs): string {
  const proof = proofs.proof("returned", notice, subscription);
  return Buffer.from(proof, "base64url").toString("hex").slice(0, 16);
}
