import { userInfo } from "node:os";

/** The name of the account that this process runs under, or its number where it has none, as in many containers. */
export function account(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}
