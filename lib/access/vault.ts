import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/**
 * Everything that must not be read from a stolen database, under one secret: addresses are encrypted, subscribers are
 * known by keyed pseudonyms, and links carry tokens that nobody else can make. Nothing in here can be undone without
 * the secret.
 */
export interface Vault {
  /** Encrypts a text (AES-256-GCM) so that it can be opened only as what it was locked as, such as `address sub123`. */
  lock(text: string, as: string): string;
  /** @throws when it was locked under another secret, as something else, or was changed */
  open(locked: string, as: string): string;
  /** Whether a text is locked under a former secret and should be locked anew. */
  isStale(locked: string): boolean;
  /** The name a subscriber has in the ledger, for ever: 32 hexadecimal digits that only the secret's holder can make. */
  pseudonym(channel: string, address: string): string;
  /** The token of a subscription's own links. */
  token(subscription: string): string;
  /** Whose token this is; undefined when nobody's. */
  tokenHolder(token: string): string | undefined;
  /** What proves that a set of values was put together by us: 43 characters of base64url. */
  proof(...parts: readonly string[]): string;
  isProof(proof: string, ...parts: readonly string[]): boolean;
  /** What the entries of the ledger are keyed with. As it stands on the root, it outlives a change of the secret. */
  readonly ledgerKey: KeyObject;
  /** The ledger's name, wherever its heads are witnessed: 16 hexadecimal digits that say nothing of the key. */
  readonly ledgerId: string;
}

/** Keys that are made from one secret, each for one use. */
interface Keys {
  /** Says which secret a locked text needs, without saying anything of the secret. */
  readonly id: string;
  readonly addresses: KeyObject;
  readonly tokens: KeyObject;
}

/**
 * Opens a vault. The first secret locks; the others, former ones, still open, so that a secret can be changed.
 * Pseudonyms, proofs and the ledger's key stand on `root`, which outlives every secret: the ledger must stay readable.
 */
export function openVault(secrets: readonly [string, ...string[]], root: Buffer): Vault {
  const rings = secrets.map(keysOf);
  const newest = rings[0] as Keys;
  const pseudonyms = derive(root, "pseudonyms");
  const proofs = derive(root, "proofs");
  const ledgerKey = derive(root, "ledger");
  const proof = (...parts: readonly string[]) => sign(proofs, JSON.stringify(parts)).toString("base64url");
  const tokenOf = (ring: Keys, subscription: string) =>
    `${subscription}-${sign(ring.tokens, subscription).subarray(0, 18).toString("base64url")}`;
  // A message is made with the token of its subscription and then held against it.
  let last = { subscription: "", token: "" };
  return {
    lock(text, as) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", newest.addresses, nonce).setAAD(Buffer.from(as));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${newest.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")}`;
    },
    open(locked, as) {
      const [id, packed = ""] = locked.split(".");
      const ring = rings.find((each) => each.id === id);
      if (!ring) throw new Error("This was locked under a secret that is not at hand. Set CANDOR_SECRET to it.");
      const bytes = Buffer.from(packed, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", ring.addresses, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(as)).setAuthTag(bytes.subarray(12, 28));
      return decipher.update(bytes.subarray(28), undefined, "utf8") + decipher.final("utf8");
    },
    isStale: (locked) => !locked.startsWith(`${newest.id}.`),
    pseudonym: (channel, address) =>
      sign(pseudonyms, JSON.stringify([channel, address]))
        .toString("hex")
        .slice(0, 32),
    token(subscription) {
      if (last.subscription !== subscription || last.token === "") {
        last = { subscription, token: tokenOf(newest, subscription) };
      }
      return last.token;
    },
    tokenHolder(token) {
      const subscription = token.slice(0, Math.max(token.indexOf("-"), 0));
      return rings.some((ring) => isSame(tokenOf(ring, subscription), token)) ? subscription : undefined;
    },
    proof,
    isProof: (given, ...parts) => isSame(proof(...parts), given),
    ledgerKey,
    ledgerId: derive(root, "ledger id").export().toString("hex").slice(0, 16),
  };
}

function keysOf(secret: string): Keys {
  const master = Buffer.from(secret, "utf8");
  const id = derive(master, "id").export().toString("hex").slice(0, 8);
  return { id, addresses: derive(master, "addresses"), tokens: derive(master, "tokens") };
}

/** HKDF (RFC 5869) with SHA-256: 32 bytes for one use. Node takes a key that is one five times as fast as its bytes. */
function derive(master: Buffer, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", master, "candor", use, 32)));
}

function sign(key: KeyObject, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** Takes as long whatever differs, so that nobody finds a token letter by letter. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
