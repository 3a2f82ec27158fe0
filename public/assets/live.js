"use strict";
// Keeps a page that stays open true: it is told of news by the server (/live), and asks for itself while it is not.
{
  /** The server says every ten seconds that the connection is good. */
  const SILENCE_MS = 25_000;
  /** A connection that is back within this was never missed by anybody. */
  const GRACE_MS = 1_500;
  const POLL_MS = 30_000;
  /** An answer that takes longer is none. */
  const PATIENCE_MS = 10_000;
  const NEWS = ["incident", "maintenance", "site", "reset"];

  const clock = (at) =>
    new Intl.DateTimeFormat(document.documentElement.dataset.locale, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(at);

  /** One connection, opened again whenever it is lost. `on` is told of events, and of whether what it says is current. */
  class Line {
    constructor(address, events, on) {
      Object.assign(this, { address, events, on, last: 0, isCurrent: undefined, why: "" });
      // Timers stand still while a machine sleeps; its clock does not.
      setInterval(() => this.source && Date.now() - this.heard > SILENCE_MS + GRACE_MS && this.renew(), 5_000);
    }
    /** @param patience how long nothing may be heard before what is shown counts as old */
    open(patience = SILENCE_MS) {
      if (this.source || !("EventSource" in globalThis)) return;
      this.heard = Date.now();
      this.source = new EventSource(this.address(this.last));
      for (const name of [...this.events, "beat"])
        this.source.addEventListener(name, (event) => this.hear(name, event));
      this.source.onerror = () => {
        // Refused for good, as a browser sees it; the next try may find a server that is up again.
        if (this.source?.readyState === EventSource.CLOSED) {
          this.close();
          this.again = setTimeout(() => this.open(), 5_000 + Math.random() * 5_000);
        }
        this.lose(GRACE_MS);
      };
      this.lose(patience);
    }
    close() {
      clearTimeout(this.timer);
      clearTimeout(this.again);
      this.source?.close();
      this.source = undefined;
    }
    hear(name, { data, lastEventId }) {
      this.heard = Date.now();
      if (lastEventId) this.last = Number(lastEventId);
      const said = JSON.parse(data);
      this.lose(SILENCE_MS);
      this.say(!(name === "beat" && said.held), said.held ? "held" : "");
      this.on.event(name, said);
    }
    /** Nothing will have been heard for a while. */
    lose(after) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.say(false, "lost");
        if (after < SILENCE_MS) this.lose(SILENCE_MS);
        else this.renew();
      }, after);
    }
    renew() {
      this.say(false, "lost");
      this.close();
      this.open();
    }
    say(isCurrent, why) {
      if (this.isCurrent === isCurrent && this.why === why) return;
      Object.assign(this, { isCurrent, why });
      this.on.current(isCurrent, why);
    }
  }

  /** This page as the server has it now. `news` makes it another address for whoever keeps copies on the way. */
  const ask = (news) =>
    Promise.race([answerTo(news), new Promise((_, fail) => setTimeout(fail, PATIENCE_MS, new Error("No answer")))]);
  const answerTo = async (news) => {
    const url = new URL(location.href);
    url.searchParams.set("news", news);
    const answer = await fetch(url, { cache: "no-cache", headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
    // A server that cannot reach its store says so: what it has is no news.
    if (!page.querySelector("[data-after]:not([data-late])")) throw new Error(answer.statusText);
    return page;
  };

  /** `<candor-live>`: a reader's page. News makes it ask for itself anew and put what is new in the place of the old. */
  customElements.define(
    "candor-live",
    class extends HTMLElement {
      connectedCallback() {
        const { components, after, late } = this.dataset;
        this.spread = 0;
        this.asOf = Date.now();
        /** Since when there may be something that this page does not show, whatever the connection says. */
        this.oldSince = undefined;
        if (late !== undefined) this.tell(false);
        const address = (last) => `/live?after=${last || after}${components ? `&components=${components}` : ""}`;
        this.line = new Line(address, NEWS, {
          event: (name, { spread }) => {
            if (name === "beat") this.spread = spread ?? 0;
            else this.expect();
          },
          // What time has changed meanwhile is no news to whoever comes back: it is asked for.
          current: (isCurrent, why) => (isCurrent && this.oldSince ? this.expect() : this.tell(isCurrent, why)),
        });
        this.line.open();
        // A page that nobody sees holds no connection: a browser has few of them for a site.
        document.addEventListener("visibilitychange", () => {
          if (!document.hidden) return this.line.open(GRACE_MS);
          this.line.close();
          this.line.isCurrent = undefined;
          this.oldSince ??= Date.now();
        });
        setInterval(() => {
          const isSure = this.line.isCurrent === true && !this.oldSince && Date.now() - this.asOf < 10 * POLL_MS;
          if (!document.hidden && !isSure) this.plan(0);
        }, POLL_MS);
      }
      /** There is something new to ask for. */
      expect() {
        this.oldSince ??= Date.now();
        this.plan(Math.random() * this.spread);
      }
      plan(after) {
        clearTimeout(this.planned);
        this.planned = setTimeout(() => this.renew(0), after);
      }
      async renew(tries) {
        if (this.isBusy()) {
          if (Date.now() - this.oldSince > PATIENCE_MS) this.tell(false, "busy");
          return this.plan(3_000);
        }
        try {
          const page = await ask(this.line.last);
          const covered = Number(page.querySelector("candor-live")?.dataset.after ?? 0);
          // Of several servers, one may not have it yet.
          if (covered < this.line.last && tries < 20) {
            this.planned = setTimeout(() => this.renew(tries + 1), 200);
            return;
          }
          const isNews = this.show(page);
          this.tell(true);
          if (isNews) this.note.textContent = page.title;
        } catch {
          if (this.line.isCurrent !== true || this.oldSince) this.tell(false, this.line.why);
        }
      }
      /** Nothing is taken from under a reader's hands. */
      isBusy() {
        const main = document.querySelector("main");
        const isTyping =
          main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
        const selection = document.getSelection();
        return isTyping || (!selection.isCollapsed && main.contains(selection.anchorNode));
      }
      /** @returns whether it says something else in short */
      show(page) {
        const [old, fresh] = [document.querySelector("main"), page.querySelector("main")];
        if (!fresh || this.html === fresh.innerHTML) return false;
        this.html = fresh.innerHTML;
        const open = new Set([...old.querySelectorAll("details[open] > summary")].map((each) => each.textContent));
        const at = old.contains(document.activeElement) ? document.activeElement : undefined;
        const isAlike = (each) =>
          each.getAttribute("href") === at.getAttribute("href") && each.textContent === at.textContent;
        const alike = (main) => [...main.querySelectorAll(at.localName)].filter(isAlike);
        const place = at && alike(old).indexOf(at);
        for (const summary of fresh.querySelectorAll("details > summary"))
          if (open.has(summary.textContent)) summary.parentElement.open = true;
        old.replaceChildren(...document.adoptNode(fresh).childNodes);
        if (at) alike(old)[place]?.focus({ preventScroll: true });
        const isNews = document.title !== page.title;
        document.title = page.title;
        document.dispatchEvent(new Event("candor:renewed"));
        return isNews;
      }
      tell(isCurrent, why) {
        this.classList.toggle("is-stale", !isCurrent);
        const words = this.dataset[why] ?? this.dataset.lost;
        this.note.textContent = isCurrent ? "" : words.replace("{time}", clock(this.asOf));
        if (isCurrent) this.asOf = Date.now();
        this.oldSince = isCurrent ? undefined : (this.oldSince ?? Date.now());
      }
      get note() {
        return this.firstElementChild;
      }
    },
  );

  // For wallboard.js, which stands beside this on a television.
  globalThis.candor = { Line, ask, clock, POLL_MS };
}
