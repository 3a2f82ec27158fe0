import { watch } from "node:fs";
import { type Known, readChanges, readFolder, type WrittenFolder } from "./folder.ts";

/** Editors write a file in several steps; a change is looked at when nothing has happened for so long, in milliseconds. */
const SETTLED_MS = 60;

/** Folders whose changes the system tells nobody of (network drives, containers) are looked at this often, in milliseconds. */
const LOOK_MS = 700;

/** A content folder that is kept read while somebody writes in it. */
export interface WatchedFolder {
  /** As it was read last. */
  readonly current: () => WrittenFolder;
  close(): void;
}

interface Watching {
  /** What is known besides the folder, at this moment. */
  readonly known: () => Known;
  /** Told whenever something has changed. */
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** @throws when there is no such folder, or no site.yaml in it that could be read */
export async function watchFolder(folder: string, { known, onChange, onError }: Watching): Promise<WatchedFolder> {
  let current = await readFolder(folder, known());
  let isReading = false;
  let isSettling = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  const take = (next: WrittenFolder) => {
    if (isClosed || next === current) return;
    current = next;
    onChange();
  };
  /** Holds all files against one another, while nobody waits for it; what was saved meanwhile is newer. */
  const settle = async (partial: WrittenFolder) => {
    isSettling = true;
    try {
      const whole = await readFolder(folder, known(), partial);
      const isNews = JSON.stringify(whole.problems) !== JSON.stringify(partial.problems);
      if (current === partial && isNews) take(whole);
      else if (current === partial) current = whole;
    } catch (error) {
      onError(error);
    }
    isSettling = false;
  };
  const read = async () => {
    if (isReading) return;
    isReading = true;
    const began = performance.now();
    try {
      const next = await readChanges(folder, known(), current);
      if (next === current && next.isPartial && !isSettling) void settle(next);
      take(next);
    } catch (error) {
      onError(error);
    }
    isReading = false;
    // A folder that takes long to look through is looked through less often.
    if (!isClosed) wait(Math.max(LOOK_MS, 10 * (performance.now() - began)));
  };
  const wait = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void read(), ms);
  };
  const watcher = watch(folder, { recursive: true }, () => wait(SETTLED_MS));
  watcher.on("error", onError);
  wait(LOOK_MS);
  return {
    current: () => current,
    close() {
      isClosed = true;
      watcher.close();
      clearTimeout(timer);
    },
  };
}
