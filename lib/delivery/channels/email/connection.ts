import { Readable } from "node:stream";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { Connection } from "../connections.ts";
import type { SmtpFault } from "./answers.ts";

/** How long a connection may take to stand, and then to greet us, in milliseconds. */
const CONNECT_MS = 10_000;

/** As many mails as servers usually take over one connection. */
const MOST_MAILS = 100;

/** How long the answer to content that has left is waited for once it is stopped, in milliseconds: better known than unknown. */
const STOPPED_MS = 300;

/** How long a server may take to say goodbye, in milliseconds. */
const GOODBYE_MS = 2_000;

/** The content leaves in pieces, so that we know whether its end has left. */
const PIECE = 16_384;

/** How much of the content may have left. Without its end no server may deliver it (RFC 5321, section 4.1.1.4). */
type Left = "nothing" | "part" | "whole";

/** How a mail ended, and whether we ended it; `undefined` when the server took it. */
export type Ending = { readonly fault: SmtpFault; readonly left: Left; readonly isStopped: boolean } | undefined;

/** When a mail must be stopped. */
interface Limits {
  /** No content leaves once it is aborted; what has left may still be answered. */
  readonly hold: AbortSignal;
  /** Everything ends once it is aborted. `hold` is aborted with it, or before. */
  readonly stop: AbortSignal;
  /** Told apart from a timer: a process that was held up comes to its sockets before its timers. */
  readonly isLate: () => boolean;
  /** How long the answer may take, in milliseconds. */
  readonly answerMs: number;
}

/** One connection to the mail server, with at most one mail on it at a time. */
export class SmtpConnection implements Connection<SmtpFault> {
  #mails = 0;
  #isOpen = false;
  #isLeaving = false;
  #isCarrying = false;
  readonly #smtp: SMTPConnection;
  readonly #auth: { user: string; pass: string } | undefined;
  /** Where a fault goes while something waits for one. */
  #onFault: ((fault: SmtpFault) => void) | undefined;

  /** @param onEnd called once when a connection that stood has ended with no mail on it, whoever ended it */
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
      // Whoever has a mail on it is told of its end by that mail, with the reason.
      if (!this.#isCarrying) onEnd();
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

  /** Sends one mail. When it is stopped the connection ends with it, before that is said. */
  send(from: string, to: string, bytes: Buffer, { answerMs, hold, isLate, stop }: Limits): Promise<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    this.#mails += 1;
    this.#isCarrying = true;
    let left: Left = "nothing";
    const end = (message: string, isStopped: boolean) => {
      this.#onFault = undefined;
      this.close();
      resolve({ fault: { message }, left, isStopped });
    };
    let timer = setTimeout(() => end("It took too long to answer.", false), answerMs);
    const onHold = () => left === "nothing" && end("The mail was stopped.", true);
    const onStop = () => {
      if (left !== "whole") return end("The mail was stopped.", true);
      clearTimeout(timer);
      timer = setTimeout(() => end("The mail was stopped.", true), STOPPED_MS);
    };
    const pieces = inPieces(bytes, (now) => {
      const isHeld = left === "nothing" && (hold.aborted || isLate());
      if (isHeld) end("The mail was stopped.", true);
      else left = now;
      return !isHeld;
    });
    this.#onFault = (fault) => resolve({ fault, left, isStopped: false });
    if (isInternational(from + to) && !this.#knows("SMTPUTF8")) {
      // Without the extension such an address must not be sent to the server at all (RFC 6531, section 3.2).
      resolve({ fault: { message: "No SMTPUTF8", code: "EENVELOPE", command: "API" }, left, isStopped: false });
      return promise.finally(() => {
        this.#isCarrying = false;
        clearTimeout(timer);
      });
    }
    hold.addEventListener("abort", onHold, { once: true });
    stop.addEventListener("abort", onStop, { once: true });
    this.#smtp.send({ from, to: [to], size: bytes.length }, pieces, (error: SmtpFault | null) =>
      resolve(error ? { fault: error, left, isStopped: false } : undefined),
    );
    return promise.finally(() => {
      this.#onFault = undefined;
      this.#isCarrying = false;
      clearTimeout(timer);
      hold.removeEventListener("abort", onHold);
      stop.removeEventListener("abort", onStop);
    });
  }

  /** Whether the server names an extension. Nodemailer keeps what it named, and tells nobody. */
  #knows(extension: string): boolean {
    const { _supportedExtensions: named = [] } = this.#smtp as { readonly _supportedExtensions?: readonly string[] };
    return named.includes(extension);
  }

  /** Makes the connection fit for the next mail after a refusal. */
  reset(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#onFault = () => resolve(false);
    this.#smtp.reset((error) => resolve(!error));
    return promise;
  }

  /** Says goodbye; the connection then ends by itself, or is cut off if that takes long. */
  quit(): void {
    this.#isLeaving = true;
    this.#smtp.quit();
    setTimeout(() => this.#smtp.close(), GOODBYE_MS).unref();
  }

  close(): void {
    if (!this.#isLeaving) this.#smtp.close();
  }
}

/** Whether an address needs SMTPUTF8. */
function isInternational(address: string): boolean {
  return /\P{ASCII}/u.test(address);
}

/**
 * The pieces are asked for only after the server has agreed to take the content, and the last when the rest has left.
 * @param mayLeave told before each piece how much will have left with it; no piece leaves any more once it says no
 */
function inPieces(bytes: Buffer, mayLeave: (left: Left) => boolean): Readable {
  function* pieces() {
    for (let at = 0; at < bytes.length; at += PIECE) {
      if (!mayLeave(at + PIECE >= bytes.length ? "whole" : "part")) throw new Error("The mail was stopped.");
      yield bytes.subarray(at, at + PIECE);
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: PIECE });
}
