/** The keys with which push services know us (RFC 8292). */
export interface Vapid {
  /** `mailto:…` or `https://…`: whom they can reach about us. */
  readonly subject: string;
  readonly publicKey: string;
  readonly privateKey: string;
}
