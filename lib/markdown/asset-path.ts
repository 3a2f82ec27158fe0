import { posix } from "node:path";

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg)$/i;

/** Whether a path names a picture that browsers show. */
export function isImagePath(path: string): boolean {
  return IMAGE.test(path);
}

/**
 * The path inside the content folder that a relative address in `file` means, or undefined when it leads out of the
 * folder, however it is written (`..`, `%2e%2e`, backslashes, an absolute path).
 */
export function assetPath(file: string, address: string): string | undefined {
  let plain: string;
  try {
    plain = decodeURIComponent(address.replace(/[?#].*$/, ""));
  } catch {
    return undefined;
  }
  if (plain.includes("\\") || plain.includes("\0") || plain.startsWith("/")) return undefined;
  const path = posix.normalize(posix.join(posix.dirname(file), plain));
  return path === ".." || path.startsWith("../") || path.startsWith("/") ? undefined : path;
}
