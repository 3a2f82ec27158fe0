/** How long one request may take, in milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Posts JSON to an address that the operator has set: it may lead anywhere, also into a private network, and may hold a
 * name and a password.
 * @returns what went wrong, as words without the address's secret parts
 */
export async function postJson(
  url: string,
  body: unknown,
  agent: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { origin, password, username } = new URL(url);
    const address = Object.assign(new URL(url), { username: "", password: "" });
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "user-agent": agent,
        ...(username === ""
          ? {}
          : { authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}` }),
      },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `${origin} answered ${response.status}`;
  } catch (error) {
    const { cause, name } = error as { readonly cause?: { readonly code?: string }; readonly name: string };
    return `${new URL(url).origin} was not reached: ${cause?.code ?? name}`;
  }
}
