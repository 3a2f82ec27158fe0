"use strict";
{
  const root = document.documentElement;
  /** Words and dates may be in different languages. */
  const { locale } = root.dataset;
  /** What the reader chose on this page, for browsers that keep nothing. */
  const chosen = {};
  const read = (key) => {
    if (key in chosen) return chosen[key];
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const keep = (key, value) => {
    chosen[key] = value;
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      // A reader who allows no storage chooses anew on every page.
    }
  };
  const theme = read("theme");
  if (theme) root.dataset.theme = theme;

  /** Tells every instant in the reader's own zone, or again as it was written. */
  const tellTimes = (own) => {
    for (const time of document.querySelectorAll("time[data-form]")) {
      time.dataset.written ??= time.textContent;
      tell(time, own ? inOwnZone(time) : time.dataset.written);
      if (own) time.title = time.dataset.written;
      else time.removeAttribute("title");
    }
  };
  /** A zone stays on the line of its clock time. */
  const tell = (time, words) => {
    const [, before = "", clock] = /^(.*\s)?(\d\d:\S+ \S+)$/s.exec(words) ?? [];
    if (!clock) {
      time.textContent = words;
      return;
    }
    const unbroken = document.createElement("span");
    unbroken.className = "unbroken";
    unbroken.textContent = clock;
    time.replaceChildren(before, unbroken);
  };
  const inOwnZone = (time) => {
    const { about, form } = time.dataset;
    const hasSeconds = /T\d\d:\d\d:\d\d/.test(time.dateTime);
    const at = new Date(time.dateTime);
    const words = new Intl.DateTimeFormat(locale, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(hasSeconds && form !== "short" && { second: "2-digit" }),
      ...(form !== "clock" && { day: "numeric", month: form === "short" ? "short" : "long", year: "numeric" }),
    }).format(at);
    const told = form === "short" ? words : `${words} ${zoneName(at)}`;
    return about ? about.replace("{time}", told) : told;
  };
  /** “EST”, in the language that has a name for the reader's zone; “GMT-3” where none has. */
  const zoneName = (at) => {
    const nameIn = (language) => {
      namers[language] ??= new Intl.DateTimeFormat(language, { timeZoneName: "short" });
      return namers[language].formatToParts(at).find(({ type }) => type === "timeZoneName").value;
    };
    const isName = (language) => /^[A-Z]{2,5}$/.test(nameIn(language));
    return nameIn([locale, "en-US", "en-GB", "en-AU", "en-NZ", "en-IN", "en-ZA"].find(isName) ?? locale);
  };
  /** Dear to make, so each once, when first asked. */
  const namers = {};

  const UNITS = [
    ["year", 31556952],
    ["month", 2629746],
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ];
  /** Keeps “5 minutes ago” true while the page stays open. */
  const tellAges = () => {
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    for (const age of document.querySelectorAll("[data-at]")) {
      const seconds = (Date.parse(age.dataset.at) - Date.now()) / 1000;
      const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", Number.POSITIVE_INFINITY];
      age.textContent = words.format(Math.trunc(seconds / size), unit);
    }
  };

  /** A copy of the site as files says how old it is, as soon as time alone has made it untrue. */
  const tellCopy = (words) => {
    const { made, trueUntil } = root.dataset;
    if (!made || Date.now() < Date.parse(trueUntil)) return;
    const note = document.createElement("p");
    note.className = "stale";
    note.setAttribute("role", "status");
    const when = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short" }).format(new Date(made));
    note.textContent = words.copy.replace("{time}", when);
    document.querySelector("main")?.prepend(note);
  };

  const button = (label, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label();
    made.addEventListener("click", () => {
      press();
      made.textContent = label();
    });
    return made;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const footer = document.querySelector(".footer");
    const said = footer?.dataset ?? {};
    const zoneNote = document.querySelector("[data-zone]");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zoneNote && zone && zone !== zoneNote.dataset.zone) {
      const written = zoneNote.textContent;
      const words = document.createElement("span");
      const show = () => {
        const own = read("zone") !== "site";
        tellTimes(own);
        words.textContent = own ? said.ownZone.replace("{zone}", zone.replaceAll("_", " ")) : written;
      };
      show();
      document.addEventListener("candor:renewed", show);
      const label = () => (read("zone") === "site" ? said.showOwn : said.showSite);
      const press = () => {
        keep("zone", read("zone") === "site" ? "" : "site");
        show();
      };
      zoneNote.replaceChildren(words, " ", button(label, press));
    }

    tellAges();
    setInterval(tellAges, 30_000);
    document.addEventListener("candor:renewed", tellAges);
    tellCopy(said);

    const isDark = () =>
      (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    const themeLine = document.createElement("p");
    themeLine.append(
      button(
        () => (isDark() ? said.light : said.dark),
        () => {
          root.dataset.theme = isDark() ? "light" : "dark";
          keep("theme", root.dataset.theme);
        },
      ),
    );
    footer?.append(themeLine);
  });
}
