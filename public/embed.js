/*
 * A banner with the state of a Candor (or Statuspage) site, for other pages:
 *   <script src="https://status.example.com/embed.js" async></script>
 * It stands where the script stands. With data-quiet it shows nothing while all is well; data-theme is "light" or "dark".
 */
(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src).href;
  const isQuiet = "quiet" in script.dataset;
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const colours = { none: "#1b7a47", maintenance: "#3d74d6", minor: "#b07d00", major: "#d0611a", critical: "#cf2f26" };

  // A sheet made here rather than a style element: the policies of other pages have nothing against it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `:host{all:initial;display:block;color-scheme:${script.dataset.theme ?? "light dark"}}:host([hidden]){display:none}` +
      "div{border-inline-start:6px solid var(--state);padding:.5rem .75rem;background:Canvas;color:CanvasText;font:15px/1.4 system-ui,sans-serif}" +
      "a{color:inherit;text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}a:first-child{display:block;font-weight:600}",
  );
  root.adoptedStyleSheets = [sheet];

  const link = (href, text) => {
    const element = document.createElement("a");
    // What leads anywhere but to a page is no link of ours.
    element.href = /^https?:/.test(href) ? href : base;
    element.textContent = text;
    return element;
  };

  const show = ({ page, status, incidents, scheduled_maintenances: planned }) => {
    const running = planned.filter((each) => each.status !== "scheduled");
    const [event] = [...incidents, ...running];
    host.hidden = isQuiet && status.indicator === "none" && !event;
    const banner = document.createElement("div");
    banner.setAttribute("role", "status");
    banner.style.setProperty("--state", colours[status.indicator] ?? colours.minor);
    banner.append(link(page.url, `${page.name}: ${status.description}`));
    if (event) banner.append(link(event.shortlink, event.name));
    root.replaceChildren(banner);
  };

  const ask = async () => {
    try {
      const response = await fetch(`${base}api/v2/summary.json`, { credentials: "omit" });
      if (!response.ok) throw new Error(String(response.status));
      show(await response.json());
    } catch {
      // What is not known is not shown: least of all that all is well.
      host.hidden = true;
    }
    setTimeout(() => void ask(), 60_000);
  };

  host.hidden = true;
  const place = () => (script.closest("body") ? script.after(host) : document.body.prepend(host));
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place, { once: true });
  void ask();
})();
