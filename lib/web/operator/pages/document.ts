import type { Element, ElementContent, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { h } from "hastscript";
import type { Role } from "#lib/model/access.ts";

/** What every page of the operator's knows. */
export interface Frame {
  /** The site's name; absent while site.yaml cannot be read. */
  readonly site: string;
  readonly locale: string;
  /** Absent on the sign-in page. */
  readonly person?: Person;
}

export interface Person {
  readonly name: string;
  readonly role: Role;
  /** Goes with every form, so that no other site can send one. */
  readonly csrf: string;
  /** What was just done, told once. */
  readonly notice?: string;
}

/** The parts of the operator's page, in the order of the menu. Slugs begin with a letter or a digit, so none is “-”. */
const PARTS = [
  ["/operator", "Overview"],
  ["/operator/-/declare", "Declare"],
  ["/operator/-/maintain", "Maintenance"],
  ["/operator/-/publish", "Publish"],
  ["/operator/-/delivery", "Delivery"],
] as const;

/** A whole page, as the browser gets it. It carries no script: every form works by itself. */
export function documentHtml(frame: Frame, here: string, title: string, content: readonly ElementContent[]): string {
  const { site, locale, person } = frame;
  const root: Root = {
    type: "root",
    children: [
      { type: "doctype" },
      h("html", { lang: "en", dataLocale: locale }, [
        h("head", [
          h("meta", { charSet: "utf-8" }),
          h("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
          h("meta", { name: "color-scheme", content: "light dark" }),
          h("meta", { name: "robots", content: "noindex" }),
          h("title", `${title} · ${site} operator`),
          h("link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }),
          h("link", { rel: "stylesheet", href: "/operator/-/style.css" }),
        ]),
        h("body.operator", [
          h("a.skip", { href: "#main" }, "Skip to content"),
          header(site, here, person),
          h("main#main", [...noticeOf(person), h("h1", title), ...content]),
        ]),
      ]),
    ],
  };
  return toHtml(root, { allowDangerousHtml: true });
}

function header(site: string, here: string, person: Person | undefined): Element {
  const name = h("a.header-name", { href: person ? "/operator" : "/" }, `${site} operator`);
  if (!person) return h("header.header", [name]);
  return h("header.header", [
    name,
    h(
      "nav",
      { ariaLabel: "Main" },
      PARTS.map(([path, label]) => h("a", { href: path, ariaCurrent: path === here ? "page" : undefined }, label)),
    ),
    h("form.person", { method: "post", action: "/operator/-/sign-out" }, [
      h("input", { type: "hidden", name: "csrf", value: person.csrf }),
      h("span", `${person.name} (${person.role})`),
      h("button.link", { type: "submit" }, "Sign out"),
    ]),
  ]);
}

function noticeOf(person: Person | undefined): Element[] {
  return person?.notice === undefined ? [] : [h("p.notice", { role: "status" }, person.notice)];
}

/** HTML that our own renderer has made safe. */
export function safeHtml(html: string): ElementContent {
  return { type: "raw", value: html };
}
