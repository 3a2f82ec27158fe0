import type { Messages } from "#lib/messages/messages.ts";

/** An address as it was typed, made one that can be kept; or why it cannot be one. */
export type ReadAddress = { readonly value: string } | WrongAddress;

/** What an installation allows beyond the usual. */
export interface AddressRules {
  /** For development and tests, or a network of one's own: http, and addresses that are not public, may be sent to. */
  readonly allowPrivateTargets: boolean;
}

/** Why an address cannot be written to, by its name in the catalogue. */
export type AddressFault = keyof Messages["addressFault"];

/** An address that cannot be written to. */
export interface WrongAddress {
  readonly fault: AddressFault;
  /** What it begins with, up to its path: only of a web address. */
  readonly origin?: string;
}

/** What is wrong, and what to do. */
export function addressFaultWords(
  { fault, origin = "" }: WrongAddress,
  { addressFault, addressRemedy }: Messages,
): { readonly message: string; readonly remedy: string } {
  const message = fault === "host" ? addressFault.host({ origin }) : addressFault[fault];
  const kind = fault === "push" ? "push" : fault.startsWith("mail") ? "mail" : "url";
  return { message, remedy: addressRemedy[kind] };
}
