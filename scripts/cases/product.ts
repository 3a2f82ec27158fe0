import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectIn, expectNotIn, expectThat, textOf } from "./expect.ts";
import type { Installation } from "./installation.ts";

/** Plays a case. @throws with what differs */
export type Case = (site: Installation, folder: string) => Promise<void>;

const HOUR = 3_600_000;

/** Publishes what the case has and tells nobody. */
const shown =
  (look: Case): Case =>
  async (site, folder) => {
    site.take(folder, "site");
    site.take(folder, "incidents");
    await site.publish("--quiet");
    await look(site, folder);
  };

/** What a mailbox, a web hook and a chat get of the case. */
async function told(site: Installation, folder: string): Promise<readonly string[]> {
  await site.subscribe(folder);
  site.take(folder, "incidents");
  await site.publish();
  return await site.delivered(3);
}

const guidsIn = (feed: string) => [...feed.matchAll(/<guid[^>]*>([^<]*)/g)].map(([, guid]) => guid);

/** What is right, by the name of the folder. */
export const PRODUCT: Readonly<Record<string, Case>> = {
  "01-list-time-zulu-on-sydney": shown(async (site) => {
    const text = textOf(await site.get("/"));
    expectIn(text, "Sunday, November 29", "The first page");
    expectNotIn(text, "Nov 28", "The first page");
    expectIn(text, "07:00", "The first page");
  }),
  "03-list-day-reader-zone": shown(async (site) => {
    const page = await site.page("/", { zone: "Pacific/Auckland" });
    const text = (await page.locator("body").innerText()).replace(/\s+/g, " ");
    expectIn(text, /Monday, November 30.*Late trouble/, "The first page");
    expectNotIn(text, "Dec 1, 2026", "The first page");
    expectIn(text, "Days, and times in lists, are in UTC.", "The foot of the first page");
  }),
  "04-tilde-numbers": async (site, folder) => {
    for (const message of await told(site, folder)) expectIn(message, /20~25°C, then 30~35°C|20\\u007e25/, "A message");
    const html = await site.get("/incidents/room");
    expectIn(textOf(html), "Room at 20~25°C, then 30~35°C.", "The page");
    expectNotIn(html, "<del>", "The page");
  },
  "06-comment-in-update": async (site, folder) => {
    for (const message of await told(site, folder)) expectNotIn(message, "zqsecret", "A message");
    for (const path of ["", ".md", ".json", "/history.atom"]) {
      expectNotIn(await site.get(`/incidents/c${path}`), "zqsecret", `/incidents/c${path}`);
    }
    expectNotIn(await site.get("/api/v2/incidents.json"), "zqsecret", "The API");
  },
  "08-slug-japanese-second": async (site, folder) => {
    site.take(folder, "site");
    for (const title of ["サービス障害", "Сбой входа", "🔥", "🔥"]) {
      const { code, err } = await site.run("new", title, "-m", "one", "--component", "a=major_outage");
      expectThat(code === 0, `“new ${title}” was refused: ${err}`);
    }
    expectThat(site.incidents().length === 4, `There are not four files: ${site.incidents().join(", ")}`);
  },
  "10-feed-backdated-pubdate": async (site, folder) => {
    await site.subscribe(folder);
    const at = Date.parse("2026-11-30T23:30:00Z");
    site.setClock(at);
    await site.product.must(
      "new",
      "Backdated outage",
      "--component",
      "a=major_outage",
      "--at",
      "3 hours ago",
      "-m",
      "x",
    );
    await site.publish();
    const feed = await site.get("/history.rss");
    const date = Date.parse(/<item>[\s\S]*?<pubDate>([^<]*)/.exec(feed)?.[1] ?? "");
    expectThat(
      Math.abs(date - at) < 60_000 * 2,
      `The item is dated ${new Date(date).toISOString()}, not by its publication.`,
    );
  },
  "12-feed-guid-on-rename": async (site, folder) => {
    site.take(folder, "site");
    const text = readFileSync(join(folder, "before.md"), "utf8");
    site.put("before.md", text);
    await site.publish("--quiet");
    const before = guidsIn(await site.get("/history.rss"));
    site.put("after.md", text.replace("updates:", "redirects: [/incidents/before]\nupdates:"));
    site.remove("before.md");
    await site.publish("--quiet");
    const after = await site.until("/history.rss", "/incidents/after");
    expectThat(before.length > 0 && guidsIn(after).join() === before.join(), `Another guid: ${guidsIn(after).join()}`);
  },
  "13-feed-guid-on-url-change": shown(async (site) => {
    const before = guidsIn(await site.get("/history.rss"));
    site.put(
      "site.yaml",
      site.read("site.yaml").replace("https://status.example.com", "http://status.example.com/path"),
    );
    await site.publish("--quiet");
    const after = await site.until("/history.rss", "http://status.example.com/path");
    expectThat(before.length > 0 && guidsIn(after).join() === before.join(), `Other guids: ${guidsIn(after).join()}`);
  }),
  "14-open-without-components": shown(async (site) => {
    const { out, err } = await site.run("check");
    expectIn(out + err, "warning", "check");
    expectNotIn(textOf(await site.get("/")), "All systems operational", "The first page");
    expectNotIn(await site.get("/api/v2/status.json"), "All Systems Operational", "The API");
  }),
  "15-open-impact-none-mail": async (site, folder) => {
    for (const message of await told(site, folder)) expectNotIn(message, /no impact/i, "A message");
  },
  "16-resolved-before-start": async (site, folder) => {
    site.take(folder, "site");
    site.take(folder, "incidents");
    const { code, out, err } = await site.run("check");
    expectThat(code === 1, `check lets it pass: ${out}${err}`);
    const imported = site.beside("imported");
    await site.product.must("import", "statuspage", join(folder, "statuspage-incidents.json"), "--into", imported);
    site.use(imported);
    await site.publish("--quiet");
    const { incidents } = JSON.parse(await site.get("/api/v2/incidents.json")) as {
      incidents: { started_at: string; resolved_at: string | null }[];
    };
    expectThat(incidents.length > 0, "Nothing was imported.");
    for (const { started_at: from, resolved_at: to } of incidents) {
      expectThat(to === null || Date.parse(to) >= Date.parse(from), `It was resolved at ${to}, before ${from}.`);
    }
  },
  "18-import-upptime-early-close": async (site, folder) => {
    const imported = site.beside("imported");
    const { out } = await site.product.must("import", "upptime", join(folder, "issues.json"), "--into", imported);
    site.use(imported);
    const [file = ""] = site.incidents().map((path) => site.read(path));
    expectIn(file, "2022-03-30T12:35:59", "The file");
    expectNotIn(file, /at: 2022-03-30T03:00[\s\S]*?status: completed/, "The file");
    expectNotIn(out, "0 seconds", "The remarks");
  },
  "20-month-page-omits-continued": shown(async (site) => {
    const text = textOf(await site.get("/history/2026/09"));
    expectIn(text, "Over the end of a month", "The page of September");
    expectNotIn(text, "No incidents", "The page of September");
  }),
  "23-ten-minutes-ahead-incident": async (site, folder) => {
    site.take(folder, "site");
    const now = site.now();
    const instant = (ms: number) => `${new Date(now + ms).toISOString().slice(0, 16)}Z`;
    const text = readFileSync(join(folder, "i.md"), "utf8");
    site.put("i.md", text.replace("AGO20", instant(-HOUR / 3)).replace("AHEAD8", instant(8 * 60_000)));
    const { code } = await site.run("check");
    if (code === 1) return;
    await site.publish("--quiet");
    const page = textOf(await site.get("/incidents/i"));
    expectNotIn(page, "Resolved", "The page");
    const { components } = JSON.parse(await site.get("/api/v2/components.json")) as {
      components: { status: string }[];
    };
    expectThat(components[0]?.status === "major_outage", `The component is ${components[0]?.status}.`);
  },
  "24-overflow-home": shown(async (site) => {
    for (const width of [320, 375]) await expectFits(site, "/", width);
  }),
  "26-overflow-site-name": shown(async (site) => {
    for (const path of ["/", "/history", "/maintenance", "/reports", "/subscribe", "/wallboard"])
      await expectFits(site, path, 320);
  }),
  "27-cjk-bold": shown(async (site) => {
    const { out, err } = await site.run("check");
    const html = await site.get("/incidents/j");
    const isBold = html.includes("<strong>「復旧」</strong>") && !textOf(html).includes("**");
    expectThat(isBold || /warning/.test(out + err), "The marked words are not bold, and check does not say so.");
  }),
  "28-feed-heading-hash": shown(async (site) => {
    for (const path of ["/reports.atom", "/reports.rss", "/reports.json", "/incidents/h/history.atom"]) {
      expectNotIn(await site.get(path), /permalink|>#<|&gt;#&lt;/, path);
    }
  }),
  "30-table-cell-lost": shown(async (site) => {
    const { out, err } = await site.run("check");
    expectIn(out + err, /warning/, "check");
  }),
  "31-alert-marker-in-mail": async (site, folder) => {
    // A web hook has the Markdown as it was written, for programs.
    const forPeople = (await told(site, folder)).filter((message) => !message.startsWith('{"type"'));
    for (const message of forPeople) {
      expectNotIn(message, "[!WARNING]", "A message");
      expectIn(message, "Warning", "A message");
    }
  },
  "32-hidden-after-told": async (site, folder) => {
    await told(site, folder);
    site.put(
      "o.md",
      site
        .read("o.md")
        .replace("title:", "draft: true\ntitle:")
        .replace("updates:", "ended: 2026-11-30T22:50Z\nupdates:"),
    );
    const said = await site.publish();
    expectIn(said, "Told, then hidden", "publish");
    expectIn(said, /correct|withdraw/, "publish");
  },
  "34-zone-changed-later": shown(async (site) => {
    // Elsewhere the time is told as it was written, with its zone.
    const [, text = ""] = textOf(await site.get("/")).split("Recent days");
    expectIn(text, "Sunday, November 29", "The list of days");
    expectNotIn(text, /November 30, 2026 at 06:30|Nov 30, 2026, 06:30/, "The list of days");
  }),
  "35-import-fence-left": async (site, folder) => {
    const imported = site.beside("imported");
    await site.product.must("import", "upptime", join(folder, "issues.json"), "--into", imported);
    site.use(imported);
    const [file = ""] = site.incidents().map((path) => site.read(path));
    expectIn(file, "2021-04-02T17:00", "The file");
    expectNotIn(file, "```", "The file");
  },
  "36-bars-closed": shown(async (site) => {
    const page = await site.page("/");
    const row = page.locator(".component").first();
    await row.getByRole("link").first().focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expectIn(
      await row.getByRole("listitem").first().innerText(),
      /November 30, 2026: degraded performance/,
      "The day below the bars",
    );
  }),
  "37-email-italic": shown(async (site) => {
    const html = await site.get("/incidents/e");
    expectNotIn(html, "mailto:_", "The page");
    expectIn(html, /<em>.*mailto:support@example\.com/, "The page");
  }),
};

async function expectFits(site: Installation, path: string, width: number): Promise<void> {
  const page = await site.page(path, { width });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expectThat(wide <= width, `${path} is ${wide} wide in a window of ${width}.`);
}
