import { siteDescription, siteTitle } from "#lib/messages/naming.ts";
import type { Site } from "#lib/model/site.ts";
import { directionOf } from "./direction.ts";

/** Where the site's marks are, from its root: the state of the whole as a picture. */
export const ICONS = { favicon: "/favicon.ico", touch: "/apple-touch-icon.png", large: "/icon-512.png" } as const;

/** `/site.webmanifest` (W3C Web Application Manifest): what a phone calls the site that somebody put on its first screen. */
export function manifest({ config }: Site): object {
  const name = siteTitle(config);
  return {
    name,
    short_name: config.name,
    description: siteDescription(config),
    lang: config.locale,
    dir: directionOf(config.locale),
    id: "./",
    start_url: "./",
    scope: "./",
    display: "browser",
    background_color: "#fcfcfa",
    theme_color: "#fcfcfa",
    icons: [
      { src: "./favicon.svg", type: "image/svg+xml", sizes: "any" },
      { src: `.${ICONS.touch}`, type: "image/png", sizes: "180x180" },
      { src: `.${ICONS.large}`, type: "image/png", sizes: "512x512" },
    ],
  };
}
