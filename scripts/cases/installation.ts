import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { simpleParser } from "mailparser";
import { findQuickBrowser } from "../browser.ts";
import { type HttpReceiver, openHttpReceiver } from "../oracle/http-receiver.ts";
import { type MailReceiver, openMailReceiver } from "../oracle/mail-receiver.ts";
import { type Ended, Product } from "../oracle/product.ts";
import { GOOD, type Log } from "../oracle/receipt.ts";

/** The moment at which cases are looked at, unless they say otherwise: an hour after the last of what they tell. */
const NOW = Date.parse("2026-11-30T23:00:00Z");

/** Nothing came in this time: nothing will. A guard, far from what it takes. */
const NOBODY_AFTER_MS = 60_000;

/** The program with one case's files, as an operator has it, and with receivers of its own. */
export class Installation implements AsyncDisposable {
  content: string;
  product: Product;
  readonly #folder = mkdtempSync(join(tmpdir(), "candor-case-"));
  readonly #clockFile: string;
  readonly #log: Log;
  readonly #mail: MailReceiver;
  readonly #web: HttpReceiver;
  #browser: Browser | undefined;
  #url = "";

  private constructor(log: Log, mail: MailReceiver, web: HttpReceiver) {
    this.content = join(this.#folder, "content");
    this.#clockFile = join(this.#folder, "clock");
    this.#log = log;
    this.#mail = mail;
    this.#web = web;
    mkdirSync(this.content);
    this.setClock(NOW);
    this.product = this.#program();
  }

  #program(): Product {
    return new Product({
      content: this.content,
      data: join(this.#folder, "data"),
      clockFile: this.#clockFile,
      variables: {
        NODE_ENV: "production",
        HOST: "127.0.0.1",
        PORT: "0",
        CANDOR_CLOCK: "trust",
        CANDOR_SECRET: "the secret of one case alone, long enough",
        SMTP_URL: this.#mail.url,
      },
    });
  }

  /** A folder beside the content that is not there yet. */
  beside(name: string): string {
    return join(this.#folder, name);
  }

  /** Goes on with another content folder. */
  use(content: string): void {
    this.content = content;
    this.product = this.#program();
  }

  static async open(): Promise<Installation> {
    const log: Log = [];
    return new Installation(log, await openMailReceiver(log, () => GOOD), await openHttpReceiver(log, () => GOOD));
  }

  /** @param at milliseconds since the epoch */
  setClock(at: number): void {
    writeFileSync(this.#clockFile, String(at - Date.now()));
  }

  now(): number {
    return Date.now() + Number(readFileSync(this.#clockFile, "utf8"));
  }

  remove(path: string): void {
    rmSync(join(this.content, path));
  }

  put(path: string, text: string): void {
    const file = join(this.content, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Puts the site of a case into the content folder, or its incidents. */
  take(folder: string, what: "site" | "incidents"): void {
    for (const name of readdirSync(folder)) {
      if (what === "site" ? name === "site.yaml" : name.endsWith(".md"))
        copyFileSync(join(folder, name), join(this.content, name));
    }
  }

  /** A file below the content folder; empty where it is not. */
  read(path: string): string {
    const file = join(this.content, path);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Every incident file, by its path. */
  incidents(): readonly string[] {
    return readdirSync(this.content, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
  }

  run(...words: readonly string[]): Promise<Ended> {
    return this.product.run(words);
  }

  /** @throws when it was not published */
  async publish(...more: readonly string[]): Promise<string> {
    const { out, err } = await this.product.must("publish", "--yes", ...more);
    return out + err;
  }

  /** Publishes the site alone and subscribes a mailbox and a web hook to it, so that what comes next is news to somebody. */
  async subscribe(folder: string): Promise<void> {
    this.take(folder, "site");
    await this.publish("--quiet");
    const file = join(this.#folder, "people.csv");
    const rows = [
      ["email", "reader@example.org"],
      ["webhook", `${this.#web.url}/hook`],
      ["slack", `${this.#web.url}/slack`],
    ];
    writeFileSync(file, ["channel,address", ...rows.map((row) => row.join(","))].join("\n"));
    await this.product.must("subscribers", "import", file);
  }

  /** Delivers until so many messages have come. @returns what was in them, without what only mails have around it */
  async delivered(messages: number): Promise<readonly string[]> {
    await this.product.deliver(1);
    const until = Date.now() + NOBODY_AFTER_MS;
    while (this.#log.length < messages) {
      if (Date.now() > until) throw new Error(`Only ${this.#log.length} of ${messages} messages came.`);
      await sleep(20);
    }
    return await Promise.all(
      this.#log.map(async ({ to, body }) => {
        const bytes = Buffer.from(body, "latin1");
        if (to.includes("://")) return bytes.toString("utf8");
        const { subject, text, html } = await simpleParser(bytes);
        return [subject, text, html || ""].join("\n");
      }),
    );
  }

  /** The text of an address of the site, which is served from now on. */
  async get(path: string): Promise<string> {
    if (this.#url === "") this.#url = await this.product.serve();
    const response = await fetch(this.#url + path);
    return await response.text();
  }

  /** The same once it has this in it, as what was published is shown a moment later. */
  async until(path: string, part: string): Promise<string> {
    const until = Date.now() + NOBODY_AFTER_MS;
    for (;;) {
      const text = await this.get(path);
      if (text.includes(part)) return text;
      if (Date.now() > until) throw new Error(`${path} does not get ${part}.`);
      await sleep(50);
    }
  }

  /** A page in a browser, whose reader lives in a zone. */
  async page(path: string, { width = 390, zone = "UTC" } = {}): Promise<Page> {
    await this.get("/healthz");
    const executablePath = findQuickBrowser();
    const args = ["--no-sandbox", "--disable-background-networking"];
    this.#browser ??= await chromium.launch({ args, ...(executablePath === undefined ? {} : { executablePath }) });
    const page = await this.#browser.newPage({ viewport: { width, height: 800 }, timezoneId: zone, locale: "en-US" });
    await page.clock.setFixedTime(NOW);
    await page.goto(this.#url + path);
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close();
    await this.product.end("SIGKILL");
    await Promise.all([this.#mail[Symbol.asyncDispose](), this.#web[Symbol.asyncDispose]()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
