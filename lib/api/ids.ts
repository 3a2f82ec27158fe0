import { createHash } from "node:crypto";

/**
 * Twelve characters of `[a-z0-9]` that stay the same for the same thing. What is already named so, such as a component
 * brought from another page, keeps its name.
 * @param kind what it is, so that a component and a group of one name differ
 */
export function apiId(kind: "page" | "component" | "group" | "update", name: string): string {
  if (/^[a-z0-9]{12}$/.test(name)) return name;
  const bits = createHash("sha256").update(`${kind} ${name}`).digest().readBigUInt64BE();
  return bits.toString(36).padStart(12, "0").slice(-12);
}
