import { Readable } from "node:stream";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { SmtpFault } from "./answers.ts";

/** How long a connection may take to stand, and then to greet us, in milliseconds. */
const CONNECT_MS = 10_000;

/** As many mails as servers usually take over one connection. */
const MOST_MAILS = 100;

/** How long the answer to content that has left is waited for once it is stopped: better known than unknown. */
const ANSWER_MS = 300;

/** The content leaves in pieces, so that we know whether its end has left. */
const PIECE = 16_384;

/** `undefined` when the server took the mail. */
export type Ending = { readonly fault: SmtpFault; readonly left: boolean } | undefined;

/** One connection to the mail server, with at most one mail on it at a time. */
export class Connection {
  #mails = 0;
  #isOpen = false;
  readonly #smtp: SMTPConnection;
  readonly #auth: { user: string; pass: string } | undefined;
  /** Where a fault goes while something waits for one. */
  #onFault: ((fault: SmtpFault) => void) | undefined;

  /** @param onEnd called once when a connection that stood has ended, whoever ended it */
  constructor(url: string, onEnd: () => void) {
    const { auth, ...options } = parseConnectionUrl(url);
    this.#auth = auth?.user ? { user: String(auth.user), pass: String(auth.pass ?? "") } : undefined;
    this.#smtp = new SMTPConnection({
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      ...options,
      // A halt ends what is under way at once.
      socketCloseTimeout: 0,
      logger: false,
    });
    this.#smtp.on("error", (error: SmtpFault) => this.#onFault?.(error));
    this.#smtp.once("end", () => {
      this.#onFault?.({ message: "The connection was closed.", code: "ECONNECTION" });
      if (!this.#isOpen) return;
      this.#isOpen = false;
      onEnd();
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether it has carried a mail before: then the server may have ended it in the meantime. */
  get isUsed(): boolean {
    return this.#mails > 0;
  }

  get isSpent(): boolean {
    return this.#mails >= MOST_MAILS;
  }

  /** Connects and logs in. */
  open(): Promise<SmtpFault | undefined> {
    const { promise, resolve } = Promise.withResolvers<SmtpFault | undefined>();
    this.#onFault = resolve;
    const stand = () => {
      this.#isOpen = true;
      resolve(undefined);
    };
    this.#smtp.connect((error) => {
      if (error) return resolve(error);
      const auth = this.#auth;
      if (!auth || !this.#smtp.allowsAuth) return stand();
      return this.#smtp.login({ ...auth, credentials: auth }, (refusal) => (refusal ? resolve(refusal) : stand()));
    });
    return promise.finally(() => {
      this.#onFault = undefined;
    });
  }

  /** Sends one mail. When `signal` is aborted the connection ends with it. */
  send(from: string, to: string, bytes: Buffer, signal: AbortSignal): Promise<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    this.#mails += 1;
    let left = false;
    const pieces = inPieces(bytes, () => {
      left = true;
    });
    this.#onFault = (fault) => resolve({ fault, left });
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      resolve({ fault: { message: "The mail was stopped." }, left });
      this.close();
    };
    const stop = () => {
      if (left) timer = setTimeout(end, ANSWER_MS);
      else end();
    };
    signal.addEventListener("abort", stop, { once: true });
    this.#smtp.send({ from, to: [to], size: bytes.length }, pieces, (error: SmtpFault | null) =>
      resolve(error ? { fault: error, left } : undefined),
    );
    if (signal.aborted) stop();
    return promise.finally(() => {
      this.#onFault = undefined;
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
    });
  }

  /** Makes the connection fit for the next mail after a refusal. */
  reset(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#onFault = () => resolve(false);
    this.#smtp.reset((error) => resolve(!error));
    return promise;
  }

  quit(): void {
    this.#smtp.quit();
  }

  close(): void {
    this.#smtp.close();
  }
}

/** The pieces are asked for only after the server has agreed to take the content, and the last when the rest has left. */
function inPieces(bytes: Buffer, onLast: () => void): Readable {
  function* pieces() {
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (at + PIECE >= bytes.length) onLast();
      yield bytes.subarray(at, at + PIECE);
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: PIECE });
}
