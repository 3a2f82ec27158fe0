import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { imageSize } from "image-size";
import type { Problem } from "#lib/model/problem.ts";
import type { Image } from "#lib/model/site.ts";
import type { ImageFile } from "#lib/store/snapshots.ts";

const MAX_BYTES = 5_000_000;

/** Media types by what `image-size` finds in the bytes, whatever the file is called. */
const TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  heif: "image/avif",
  svg: "image/svg+xml",
};

export interface LoadedImages {
  readonly images: readonly Image[];
  readonly files: readonly ImageFile[];
  readonly problems: readonly Problem[];
}

/** Reads the images that published texts show. Each is addressed by its content, so it may be cached for ever. */
export async function loadImages(folder: string, paths: readonly string[]): Promise<LoadedImages> {
  const images: Image[] = [];
  const files: ImageFile[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    const loaded = await loadImage(folder, path);
    if ("problem" in loaded) {
      problems.push(loaded.problem);
    } else {
      images.push(loaded.image);
      files.push(loaded.file);
    }
  }
  return { images, files, problems };
}

async function loadImage(
  folder: string,
  path: string,
): Promise<{ image: Image; file: ImageFile } | { problem: Problem }> {
  const refuse = (message: string, remedy: string) => ({
    problem: {
      rule: "image-file",
      severity: "warning" as const,
      place: { file: path, line: 1, column: 1 },
      message,
      remedy,
    },
  });
  const { size } = await stat(join(folder, path));
  if (size > MAX_BYTES)
    return refuse("The image has more than 5 MB and is not shown.", "Make it smaller; 200 KB is plenty for a graph.");
  const bytes = await readFile(join(folder, path));
  const found = measure(bytes);
  const type = TYPES[found?.type ?? ""];
  if (!found || !type)
    return refuse("The file is not a picture and is not shown.", "Save it as PNG, JPEG, GIF, WebP, AVIF or SVG.");
  if (
    type === "image/svg+xml" &&
    /<script|<foreignobject|\son\w+\s*=|javascript:|<!entity/i.test(bytes.toString("utf8"))
  ) {
    return refuse(
      "The drawing holds script and is not shown.",
      "Save it as plain SVG, without script and event handlers.",
    );
  }
  const hash = createHash("sha256").update(bytes).digest("hex");
  const url = `/files/${hash.slice(0, 16)}/${encodeURIComponent(basename(path))}`;
  return {
    image: { path, url, width: found.width, height: found.height },
    file: { hash: hash.slice(0, 16), type, bytes },
  };
}

function measure(bytes: Uint8Array): { width: number; height: number; type?: string } | undefined {
  try {
    const { width, height, type } = imageSize(bytes);
    return { width, height, ...(type === undefined ? {} : { type }) };
  } catch {
    return undefined;
  }
}
