import type { Token } from "#lib/model/access.ts";
import { failureKind } from "#lib/model/failure.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Answer } from "./http/answer.ts";

export function unauthorized(kind: "none" | "wrong"): Answer {
  const challenge = `Bearer realm="Candor"${kind === "wrong" ? ', error="invalid_token"' : ""}`;
  const message = kind === "none" ? "The request has no token." : "The token is not known, or its time is over.";
  const remedy = "Send “Authorization: Bearer <token>”; “candor tokens add” makes one.";
  return refusal(401, "token", message, remedy, { "www-authenticate": challenge });
}

export function forbidden({ name, role }: Token): Answer {
  const message = `The token “${name}” has the role ${role}, which may not do this.`;
  return refusal(403, "role", message, "Use a token with another role; “candor tokens list” shows them.");
}

export function tooMany(seconds: number): Answer {
  const message = "Too many wrong tokens came from this address.";
  return refusal(429, "token", message, `Wait ${seconds} seconds.`, { "retry-after": String(seconds) });
}

/** To whoever comes by another method. */
export function postAlone(allow: string): Answer {
  return refusal(405, "method", "This address takes POST alone.", "Send it with POST.", { allow });
}

export function refusal(
  status: number,
  rule: string,
  message: string,
  remedy: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return json(status, { problems: [problem(rule, message, remedy)] }, headers);
}

/**
 * What is no fault of ours, such as that somebody else published at the same moment, as an answer to whoever asked.
 * @throws everything else
 */
export function refusalOf(error: unknown): Answer {
  const answer = failureKind(error)?.answer;
  if (!answer) throw error;
  return refusal(answer.status, answer.name, (error as Error).message, answer.remedy);
}

/** A problem of the request itself, in the form in which `check --format json` has those of files. */
export function problem(rule: string, message: string, remedy: string): Problem {
  return { rule, severity: "error", place: { file: "request", line: 1, column: 1 }, message, remedy };
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: `${JSON.stringify(value)}\n`,
  };
}
