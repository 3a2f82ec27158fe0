import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import type { Problem } from "#lib/model/problem.ts";
import type { Content } from "#lib/model/site.ts";
import type { Snapshot, SnapshotStore } from "#lib/store/snapshots.ts";
import { checkFolder } from "./folder.ts";
import { loadImages } from "./images.ts";

/** What a try to publish came to. */
export interface Publication {
  /** Absent when nothing was published. */
  readonly snapshot?: Snapshot;
  /** Whether the content differs from what was published before. */
  readonly isChange: boolean;
  readonly problems: readonly Problem[];
}

export interface PublishOptions {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Publish the good files even when others have errors: for a first start, so that there is a page at all. */
  readonly despiteErrors?: boolean;
}

/**
 * Checks a content folder and stores it as the published snapshot. With an error anywhere nothing is published and what
 * readers see stays as it was.
 */
export async function publish(folder: string, store: SnapshotStore, options: PublishOptions): Promise<Publication> {
  const checked = await checkFolder(folder, options.now);
  const { images, files, problems: imageProblems } = await loadImages(folder, checked.images);
  const problems = [...checked.problems, ...imageProblems];
  const isBroken = problems.some(({ severity }) => severity === "error");
  if (!checked.config || (isBroken && !options.despiteErrors)) return { isChange: false, problems };

  const content: Content = { config: checked.config, entries: checked.entries.filter(({ draft }) => !draft), images };
  const version = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  const before = store.latest();
  if (before?.version === version) return { snapshot: before, isChange: false, problems };
  const snapshot = store.publish(
    { version, publishedAt: options.now, publishedBy: userInfo().username, entries: content.entries.length },
    content,
    files,
  );
  return { snapshot, isChange: true, problems };
}
