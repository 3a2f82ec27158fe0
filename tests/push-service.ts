import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a push service got for a browser, as that browser would read it. */
export interface Pushed {
  readonly headers: IncomingMessage["headers"];
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A push service on loopback with one browser behind it: it opens what arrives as RFC 8291 has it. */
export interface PushService extends AsyncDisposable {
  /** As `PushSubscription.toJSON()` gives it. */
  readonly subscription: {
    readonly endpoint: string;
    readonly keys: { readonly p256dh: string; readonly auth: string };
  };
  readonly pushed: readonly Pushed[];
}

export async function pushService(): Promise<PushService> {
  const browser = createECDH("prime256v1");
  browser.generateKeys();
  const auth = randomBytes(16);
  const pushed: Pushed[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(201).end();
      const text = opened(Buffer.concat(chunks), browser.getPublicKey(), (key) => browser.computeSecret(key), auth);
      pushed.push({ headers: request.headers, payload: JSON.parse(text) as Pushed["payload"] });
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return {
    subscription: {
      endpoint: `http://127.0.0.1:${port}/push/of-a-browser`,
      keys: { p256dh: browser.getPublicKey("base64url"), auth: auth.toString("base64url") },
    },
    pushed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

/** One record of `aes128gcm` (RFC 8188), whose key comes of both sides' keys and of the browser's secret (RFC 8291). */
function opened(body: Buffer, own: Buffer, agree: (key: Buffer) => Buffer, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + (body[20] ?? 0));
  const record = body.subarray(21 + sender.length);
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), own, sender]);
  const ikm = Buffer.from(hkdfSync("sha256", agree(sender), auth, info, 32));
  const key = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: aes128gcm\0", 16));
  const nonce = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: nonce\0", 12));
  const decipher = createDecipheriv("aes-128-gcm", key, nonce).setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8");
}

/** What a push service reads of who sends (RFC 8292). @returns the claims; undefined when `key` did not sign them */
export function claimsOf({ headers }: Pushed, key: string): Readonly<Record<string, unknown>> | undefined {
  const [, token = "", named] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? "") ?? [];
  const [head, claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.toString("base64url", 1, 33), point.toString("base64url", 33)];
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const by = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  const isSigned = verify("sha256", Buffer.from(`${head}.${claims}`), by, Buffer.from(signature, "base64url"));
  return isSigned && named === key
    ? (JSON.parse(Buffer.from(claims, "base64url").toString()) as object as never)
    : undefined;
}
