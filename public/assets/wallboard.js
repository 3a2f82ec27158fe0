"use strict";
// Keeps a wallboard current. It stands on live.js, which is loaded before it.
{
  const { Line, ask, clock, POLL_MS } = globalThis.candor;

  const dateAndClock = (at) =>
    new Intl.DateTimeFormat(document.documentElement.dataset.locale, {
      dateStyle: "long",
      timeStyle: "short",
      hourCycle: "h23",
    }).format(at);

  /** A board's name stays the same over reloads; one that is set up by hand has it in its address. */
  const nameOf = (components) => {
    const given = new URLSearchParams(location.search).get("board");
    if (given) return given.toLowerCase();
    const made = () =>
      [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    try {
      const key = `board ${components}`;
      const name = localStorage.getItem(key) ?? made();
      localStorage.setItem(key, name);
      return name;
    } catch {
      return made();
    }
  };

  /** `<candor-board>`: a television. It shows what is pushed to it, and never as current what may not be. */
  customElements.define(
    "candor-board",
    class extends HTMLElement {
      connectedCallback() {
        const { components, after, late } = this.dataset;
        this.tick();
        setInterval(() => this.tick(), 5_000);
        if (after === undefined) return;
        const board = nameOf(components);
        this.asOf = Date.now();
        if (late !== undefined) this.tell(false, "lost");
        const address = (last) =>
          `/live?board=${board}&after=${last || after}${components ? `&components=${components}` : ""}`;
        this.line = new Line(address, ["screen", "reload", "clear"], {
          event: (name, said) => {
            this.asOf = Date.now();
            if (name === "screen" || name === "clear") {
              this.isCleared = name === "clear";
              this.show(said.html);
            }
            if (name === "reload") this.reload();
          },
          current: (isCurrent, why) => this.tell(isCurrent, why),
        });
        this.line.open();
        setInterval(() => this.line.isCurrent !== true && this.poll(), POLL_MS);
      }
      show(html) {
        const board = this.querySelector(".board");
        if (html) board.innerHTML = html;
        else {
          const cleared = document.createElement("p");
          cleared.className = "board-cleared";
          cleared.textContent = this.dataset.cleared;
          board.replaceChildren(cleared);
        }
        this.tick();
      }
      /** Only once there is something to load: the browser's own error page would stay for ever. */
      async reload() {
        this.show("");
        try {
          await ask(this.line.last);
          location.reload();
        } catch {
          setTimeout(() => this.reload(), 2_000);
        }
      }
      async poll() {
        try {
          const page = await ask(Date.now());
          if (this.line.isCurrent === true || this.classList.contains("is-held")) return;
          if (!this.isCleared) this.show(page.querySelector(".board").innerHTML);
          this.asOf = Date.now();
          this.tell(true);
        } catch {
          this.tell(false, "lost");
        }
      }
      tell(isCurrent, why) {
        this.classList.toggle("is-stale", !isCurrent);
        this.classList.toggle("is-held", why === "held");
        const words = why === "held" ? this.dataset.held : this.dataset.lost;
        this.querySelector(".board-link").textContent = isCurrent ? "" : words.replace("{time}", clock(this.asOf));
      }
      tick() {
        const shown = this.querySelector(".board-clock");
        if (shown) shown.textContent = clock(Date.now());
        // Beside a clock, times are those of the place where it hangs.
        for (const time of this.querySelectorAll(".board time[datetime*=T]:not([data-own])")) {
          const at = Date.parse(time.dateTime);
          if (Number.isNaN(at)) continue;
          const words = Math.abs(at - Date.now()) < 43_200_000 ? clock(at) : dateAndClock(at);
          time.textContent = time.dataset.about ? time.dataset.about.replace("{time}", words) : words;
          time.dataset.own = "";
        }
      }
    },
  );
}
