import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** A process that listens on a port. */
export interface PortOwner {
  readonly pid: number;
  /** The name of its program. */
  readonly name: string;
}

/** A row of /proc/net/tcp whose socket listens, in hexadecimal (proc(5)). */
const LISTENING = "0A";

/**
 * Which process listens on a TCP port, on Linux. A process of another user cannot be seen, unless one is root, nor one
 * outside of a container; there, and on other systems, nothing is known.
 */
export function portOwner(port: number): PortOwner | undefined {
  const sockets = new Set(["tcp", "tcp6"].flatMap((table) => listeningOn(port, table)));
  if (sockets.size === 0) return undefined;
  const pid = listed("/proc").find(
    (name) =>
      /^\d+$/.test(name) && listed(`/proc/${name}/fd`).some((fd) => sockets.has(linked(`/proc/${name}/fd/${fd}`))),
  );
  return pid === undefined ? undefined : { pid: Number(pid), name: basename(linked(`/proc/${pid}/exe`)) };
}

/** The sockets that listen on a port, by the names that /proc/…/fd has for them. */
function listeningOn(port: number, table: string): string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return read(`/proc/net/${table}`)
    .split("\n")
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(end) && state === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`);
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linked(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
