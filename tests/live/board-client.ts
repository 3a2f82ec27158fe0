import { type ClientRequest, get } from "node:http";

/** How soon a board comes back, in milliseconds; real ones wait longer. */
const RETRY_MS = 200;

/** A television: it stays connected whatever happens, and writes down what it gets. */
export class BoardClient {
  readonly name: string;
  readonly asked: readonly string[];
  /** Ids of the events it got, in the order it got them. */
  readonly got: number[] = [];
  readonly orders: string[] = [];
  /** What it got of components that it did not ask for. */
  readonly strays: string[] = [];
  screen = "";
  connections = 0;
  readonly #url: () => string;
  readonly #after: number;
  #request: ClientRequest | undefined;
  #isClosed = false;

  constructor(name: string, asked: readonly string[], { url, after }: { url: () => string; after: number }) {
    this.name = name;
    this.asked = asked;
    this.#url = url;
    this.#after = after;
    this.#connect();
  }

  /** Cuts the connection in the middle of whatever comes. */
  cut(): void {
    this.#request?.destroy();
  }

  close(): void {
    this.#isClosed = true;
    this.cut();
  }

  #connect(): void {
    if (this.#isClosed) return;
    const last = this.got.at(-1);
    const path = `/live?board=${this.name}&components=${this.asked.join(",")}&after=${this.#after}`;
    const headers = last === undefined ? {} : { "last-event-id": String(last) };
    const again = once(() => setTimeout(() => this.#connect(), RETRY_MS * (0.5 + Math.random())));
    this.#request = get(this.#url() + path, { agent: false, headers }, (response) => {
      this.connections += 1;
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        const frames = (rest + part).split("\n\n");
        rest = frames.pop() ?? "";
        for (const frame of frames) this.#take(frame);
      });
      response.on("error", again);
      response.on("close", again);
    }).on("error", again);
  }

  #take(frame: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(frame)?.[1];
    const [id, event, data] = [field("id"), field("event") ?? "", field("data") ?? "{}"];
    if (event === "screen") this.#show((JSON.parse(data) as { html: string }).html);
    if (event === "reload" || event === "clear") this.orders.push(event);
    if (id === undefined) return;
    this.got.push(Number(id));
    const { components = [] } = JSON.parse(data) as { components?: { id: string }[] };
    const isFor = components.length === 0 || components.some((each) => this.asked.includes(each.id));
    if (!isFor) this.strays.push(frame);
    for (const component of components) if (!this.asked.includes(component.id)) this.strays.push(frame);
  }

  #show(html: string): void {
    this.screen = html;
    for (const [, id = ""] of html.matchAll(/ data-component="([^"]*)"/g)) {
      if (!this.asked.includes(id)) this.strays.push(`screen: ${id}`);
    }
  }
}

function once(run: () => void): () => void {
  let hasRun = false;
  return () => {
    if (hasRun) return;
    hasRun = true;
    run();
  };
}
