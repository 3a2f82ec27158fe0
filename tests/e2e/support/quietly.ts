/** What makes a browser do nothing but what a test tells it to. */
export const QUIETLY: readonly string[] = [
  "--disable-gpu",
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
