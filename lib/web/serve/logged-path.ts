/**
 * What a log may say of a request's address: its path, without the query, and without the token by which a subscriber is
 * known (`/subscriptions/<token>`): whoever reads the log could change or end the subscription.
 */
export function loggedPath(url = ""): string {
  const [path = ""] = url.split("?", 1);
  return path.replace(/^(\/+subscriptions\/+)[^/]+/i, "$1…");
}
