import { loadImages } from "#lib/content/folder/images.ts";
import type { Content, Site } from "#lib/model/site.ts";
import { withPreliminary } from "#lib/publishing/preliminary.ts";
import type { Published } from "#lib/publishing/published.ts";
import { compile } from "#lib/site/compile/compile.ts";
import type { ImageFile } from "#lib/store/snapshots.ts";
import type { LiveReader } from "../live-reader.ts";
import type { WrittenFolder } from "./folder.ts";

/** A reader of a content folder as it is being written, drafts included. */
export interface FolderReader extends LiveReader {
  /** Takes up a newly read state of the folder, beside what is published. */
  show(folder: WrittenFolder, published: Published | undefined): Promise<void>;
}

/** Reads the pages of the content folder at `path` instead of what is published. Shows nothing before `show`. */
export function folderReader(path: string, clock: () => number): FolderReader {
  const pictures = new Map<string, { readonly stamp: string; readonly loaded: Loaded }>();
  let content: Content;
  let site: Site;
  let version = 0;

  const show: FolderReader["show"] = async ({ config, entries, images, stamps }, published) => {
    for (const image of images) {
      const stamp = stamps.get(image) ?? "";
      if (pictures.get(image)?.stamp === stamp) continue;
      pictures.set(image, { stamp, loaded: await loadImages(path, [image]) });
    }
    const shown = images.flatMap((image) => pictures.get(image)?.loaded.images ?? []);
    const written = { config, entries: entries.map((entry) => ({ ...entry, draft: false })), images: shown };
    const seen = published && { content: published.content, publishedAt: published.snapshot.publishedAt };
    content = withPreliminary(written, seen);
    site = compile(content, clock());
    version += 1;
  };
  const current = () => {
    const now = clock();
    if (now >= site.validUntil || now < site.now) site = compile(content, now);
    return site;
  };
  const minute = () => Math.floor(clock() / 60_000) * 60_000;
  return {
    show,
    site: current,
    content: () => content,
    now: minute,
    image: (hash) => Promise.resolve(fileOf(pictures.values(), hash)),
    stamp: () => `${version}.${current().now}.${minute()}`,
    close: () => Promise.resolve(),
  };
}

type Loaded = Awaited<ReturnType<typeof loadImages>>;

function fileOf(pictures: Iterable<{ readonly loaded: Loaded }>, hash: string): ImageFile | undefined {
  for (const { loaded } of pictures) {
    const found = loaded.files.find((file) => file.hash === hash);
    if (found) return found;
  }
  return undefined;
}
