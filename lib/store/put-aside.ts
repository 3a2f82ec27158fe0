import { rename, rm } from "node:fs/promises";

/**
 * Puts a file or a folder aside whose content is in the database by now, and keeps it as `….taken-over`. What cannot be put
 * aside is taken over again, which changes nothing: a folder that cannot be written shall not keep anybody out.
 */
export async function putAside(path: string): Promise<void> {
  const aside = `${path}.taken-over`;
  if (!(await isBlocked(path, aside))) return;
  // An older version has run again after it was put aside.
  await rm(aside, { recursive: true, force: true }).catch(() => undefined);
  await isBlocked(path, aside);
}

/** For `catch`: undefined of a file that is not there. */
export function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

/** Renames, as far as that can be done. @returns whether a folder of that name is in the way */
async function isBlocked(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return false;
  } catch (error) {
    return ["ENOTEMPTY", "EEXIST"].includes(String((error as NodeJS.ErrnoException).code));
  }
}
