import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { test } from "./support/alone.ts";
import { type Cable, cable } from "./support/cable.ts";
import { candor, type Folders, ROOT, type Server, serve, temporary } from "./support/candor.ts";
import { ago, MINUTE, writeEntry, writeSite } from "./support/content.ts";

const COMPONENTS = [
  { id: "api", name: "API" },
  { id: "web", name: "Web app" },
  { id: "mail", name: "E-mail" },
];

/** A site that is being served behind a cable, and what publishes to it. */
class Station implements AsyncDisposable {
  readonly folders: Folders;
  readonly line: Cable;
  readonly #server: Server;

  private constructor(folders: Folders, server: Server, line: Cable) {
    this.folders = folders;
    this.line = line;
    this.#server = server;
  }

  static async open(path: string): Promise<Station> {
    const folders: Folders = { content: join(path, "content"), data: join(path, "data") };
    writeSite(folders.content, { name: "Lumen", url: "https://status.lumen.example", components: COMPONENTS });
    const starting = serve(folders);
    return new Station(folders, await starting, await cable((await starting).url));
  }

  async publish(slug: string, title: string, component: string, body: string): Promise<void> {
    const updates = [{ at: ago(5 * MINUTE), status: "investigating", body }];
    writeEntry(this.folders.content, slug, { title, components: { [component]: "major_outage" }, updates });
    expect((await candor(["publish", "--yes"], this.folders)).code).toBe(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.line[Symbol.asyncDispose]();
    await this.#server.stop();
  }
}

/** Resolves when the page is told of whatever happens. */
async function connected(page: Page, element: string): Promise<void> {
  await page.waitForFunction(
    (name) => (document.querySelector(name) as unknown as { line?: { isCurrent?: boolean } })?.line?.isCurrent === true,
    element,
  );
}

/** What would be gone with a reload. */
async function mark(page: Page): Promise<() => Promise<boolean>> {
  await page.evaluate(() => Object.assign(globalThis, { wasHere: true }));
  return () => page.evaluate(() => "wasHere" in globalThis);
}

async function cutAndMend(page: Page, line: Cable, note: string, meanwhile: () => Promise<void>): Promise<void> {
  const words = page.locator(note);
  await expect(words).not.toContainText("No connection");
  line.cut();
  await expect(words).toHaveText(/^No connection since \d\d:\d\d\. .*out of date\.$/);
  await meanwhile();
  line.mend();
  await expect(words).not.toContainText("No connection");
}

test("the first page shows what is published without being asked for again, and says when it cannot", async ({
  page,
}) => {
  using folder = temporary("live");
  await using here = await Station.open(folder.path);
  await page.goto(`${here.line.url}/`);
  await connected(page, "candor-live");
  const isSame = await mark(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All systems operational");

  await here.publish("slow", "The API is slow", "api", "We look for the cause.");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Major outage");
  await expect(page).toHaveTitle("Major outage · Lumen status");
  await expect(page.getByRole("region", { name: "Happening now" })).toContainText("We look for the cause.");
  // What the page's script does for times it does for new ones too.
  await expect(page.locator(".current time").first()).toHaveAttribute("data-written", /UTC/);

  await cutAndMend(page, here.line, "candor-live p", async () => {
    await expect(page.locator("candor-live")).toHaveClass("is-stale");
    await here.publish("mail", "Mail is late", "mail", "A queue is full.");
    await expect(page.getByRole("link", { name: "Mail is late" })).toHaveCount(0);
  });
  await expect(page.getByRole("link", { name: "Mail is late" })).not.toHaveCount(0);
  expect(await isSame()).toBe(true);
});

test("a reader who is typing is not disturbed", async ({ page }) => {
  using folder = temporary("live-typing");
  await using here = await Station.open(folder.path);
  await page.goto(`${here.line.url}/history`);
  await connected(page, "candor-live");
  const filter = page.locator("main select").first();
  await filter.focus();
  await here.publish("slow", "The API is slow", "api", "We look for the cause.");
  // It says so once it has been told of it for a while, and has looked more than once whether it may.
  await expect(page.locator("candor-live p")).toHaveText(/^Not renewed while you type/);
  await expect(filter).toBeFocused();
  await expect(page.getByRole("link", { name: "The API is slow" })).toHaveCount(0);
  await filter.blur();
  await expect(page.getByRole("link", { name: "The API is slow" })).not.toHaveCount(0);
});

test("a wallboard shows what it asked for, live, and never as current what may not be", async ({ page }) => {
  using folder = temporary("live-board");
  await using here = await Station.open(folder.path);
  await page.goto(`${here.line.url}/wallboard?components=api,mail&board=lobby`);
  await connected(page, "candor-board");
  const isSame = await mark(page);
  const tiles = page.locator(".tile");
  await expect(tiles).toHaveText(["APIOperational", "E-mailOperational"]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All operational");

  await here.publish("web", "The web app is down", "web", "Nothing of this is for the lobby.");
  await here.publish("slow", "The API is slow", "api", "We look for the cause.");
  await expect(tiles).toHaveText(["APIMajor outage", "E-mailOperational"]);
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.locator("body")).not.toContainText("web app");

  await cutAndMend(page, here.line, ".board-link", async () => {
    await expect(page.locator("candor-board")).toHaveClass("is-stale");
    await here.publish("mail", "Mail is late", "mail", "A queue is full.");
  });
  await expect(tiles).toHaveText(["APIMajor outage", "E-mailMajor outage"]);
  expect(await isSame()).toBe(true);
});

test("a wallboard does as it is told, and all of it is on record", async ({ page }) => {
  // Each command is a process of its own.
  test.slow();
  using folder = temporary("live-orders");
  await using here = await Station.open(folder.path);
  await here.publish("slow", "The API is slow", "api", "We look for the cause.");
  await page.goto(`${here.line.url}/wallboard?components=api,mail&board=lobby`);
  await connected(page, "candor-board");
  const isSame = await mark(page);
  const tiles = page.locator(".tile");

  const cleared = await candor(["wallboard", "clear", "lobby"], here.folders);
  expect(cleared).toMatchObject({ code: 0, stdout: "Cleared: 1 board.\n" });
  await expect(page.locator(".board")).toHaveText("Cleared");
  expect((await candor(["wallboard", "list"], here.folders)).stdout).toMatch(
    /^lobby {2}connected since \S+ {2}api, mail\n1 connected\.\n$/,
  );
  const reloaded = await candor(["wallboard", "reload"], here.folders);
  expect(reloaded).toMatchObject({ code: 0, stdout: "Told to reload: 1 board.\n" });
  await expect(tiles).toHaveText(["APIMajor outage", "E-mailOperational"]);
  expect(await isSame()).toBe(false);
  await candor(["halt", "--channel", "live", "--why", "Something is wrong"], here.folders);
  await expect(page.locator(".board-link")).toHaveText(/^Updates are on hold since \d\d:\d\d\./);
  await candor(["resume", "--channel", "live", "--yes"], here.folders);
  await expect(page.locator(".board-link")).toHaveText("");
  const ledger = await candor(["ledger", "--board", "lobby"], here.folders);
  expect(ledger.stdout).toMatch(/board-opened {2}asks for api, mail; connection \S+; has had everything up to \d+/);
  expect(ledger.stdout).toMatch(/board-pushed {2}screen [0-9a-f]{16}; connection \S+/);
  expect(ledger.stdout).toMatch(/board-pushed {2}order \d+: reload/);
});

test("a wallboard that asks for nothing there is shows nothing, and says what there is", async ({ page }) => {
  using folder = temporary("live-none");
  await using here = await Station.open(folder.path);
  await page.goto(`${here.line.url}/wallboard?components=nothing`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This board shows nothing");
  await expect(page.locator("body")).toContainText("api web mail");
  await expect(page.locator(".tile")).toHaveCount(0);
  await page.goto(`${here.line.url}/wallboard?components=api,nothing`);
  await expect(page.locator(".tile")).toHaveText(["APIOperational"]);
  await expect(page.locator(".board-note")).toHaveText("1 of the components in this address are not of this site.");
});

test.describe("from across the room", () => {
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
    [3840, 2160],
  ] as const) {
    test(`everything on a board can be read on ${width} × ${height}`, async ({ page }) => {
      using folder = temporary("live-size");
      await using here = await Station.open(folder.path);
      await here.publish("slow", "The API answers slowly or not at all in some regions", "api", "Word ".repeat(80));
      await page.setViewportSize({ width, height });
      await page.goto(`${here.line.url}/wallboard`);
      const sizes = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
          .map((each) => Number.parseFloat(getComputedStyle(each).fontSize) / innerHeight),
      );
      expect(sizes.length).toBeGreaterThan(8);
      // Three hundredths of a screen of 70 cm are 2 cm: legible from five metres and more.
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.03);
      const overflow = await page.evaluate(() => document.documentElement.scrollHeight > innerHeight);
      expect(overflow).toBe(false);
      await page.screenshot({ path: join(ROOT, `artifacts/wallboard-${height}.png`) });
    });
  }
});
