import type { Messages } from "#lib/messages/messages.ts";

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
