import { join } from "node:path";
import { readBytes } from "#lib/content/folder/check-files.ts";
import { slugOf } from "#lib/content/parse/entry.ts";
import { readSource } from "#lib/content/parse/source.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Site } from "#lib/model/site.ts";
import { noticePreviews } from "#lib/publishing/notice-previews.ts";
import { slugsOf } from "#lib/publishing/published.ts";
import type { Environment } from "#lib/settings/environment.ts";
import { type Running, reservePort } from "../listening.ts";
import { type Framework, type FrontSettings, frontOn } from "../open-front.ts";
import { sourceAddress } from "../serve/preview/annotate.ts";
import type { PageNotes } from "../serve/preview/notes.ts";
import { previewFront } from "../serve/preview/preview-front.ts";
import { publishedBeside } from "./beside.ts";
import type { WrittenFolder } from "./folder.ts";
import { folderReader } from "./reader.ts";
import { spots } from "./spots.ts";
import { watchFolder } from "./watch.ts";

/** Shows a content folder as it is being written, to this machine alone, and keeps what is shown new with every save. */
export async function openPreview(environment: Environment, app: Framework, settings: FrontSettings): Promise<Running> {
  const { clock = Date.now, onError } = settings;
  const port = await reservePort({ port: environment.port, host: "127.0.0.1" });
  const folder = environment.content;
  const started = clock();
  const beside = publishedBeside(environment);
  let published = await beside.newest();
  const reader = folderReader(folder, clock);
  const show = async () => {
    published = await beside.newest();
    await reader.show(watched.current(), published);
  };
  const watched = await watchFolder(folder, {
    known: () => ({ now: clock(), published: slugsOf(published) }),
    onError: (error) => onError(error, folder),
    onChange: () => {
      show().then(
        () => preview.tell(),
        (error: unknown) => onError(error, folder),
      );
    },
  });
  await show();
  const front = frontOn(reader, app, settings);
  const version = () => `${started}.${reader.stamp()}`;
  const preview = previewFront({
    front: front.listener,
    version,
    notes: (path) =>
      notesOf(path, { root: folder, folder: watched.current(), site: reader.site(), version: version() }),
    source: (file) =>
      watched.current().stamps.has(file) ? readSource(file, readBytes(join(folder, file))).text : undefined,
    onError,
  });
  port.answerWith(preview.listener);
  return {
    url: port.url,
    port: port.port,
    async close() {
      watched.close();
      preview.close();
      await port.close();
      await front.close();
      await beside.close();
    },
  };
}

interface Seen {
  readonly root: string;
  readonly folder: WrittenFolder;
  readonly site: Site;
  readonly version: string;
}

/** What a writer is told on the page at a path. */
function notesOf(path: string, { root, folder, site, version }: Seen): PageNotes {
  const pages = new Map(folder.entries.map((entry) => [entry.file, pageOf(entry.file)]));
  const ordinals = new Map<string, number>();
  const problems = folder.problems.map((problem) => {
    const ordinal = (ordinals.get(problem.place.file) ?? 0) + 1;
    ordinals.set(problem.place.file, ordinal);
    return { ...problem, page: addressOf(problem, ordinal, pages) };
  });
  const drafts = new Set(folder.entries.filter(({ draft }) => draft).map(({ file }) => pageOf(file)));
  const file = fileOf(path, folder);
  return { version, problems, drafts, ...(file === undefined ? {} : { here: hereOf(file, root, folder, site) }) };
}

function hereOf(file: string, root: string, folder: WrittenFolder, site: Site): NonNullable<PageNotes["here"]> {
  const entry: Entry | undefined = folder.entries.find((each) => each.file === file);
  const event = [...site.incidents, ...site.maintenances].find((each) => each.file === file);
  const own = folder.problems.filter(({ place }) => place.file === file);
  const spotOf = own.length > 0 ? spots(readBytes(join(root, file)), { file, entry, event }) : undefined;
  return {
    file,
    hasErrors: own.some(({ severity }) => severity === "error"),
    isDrawn: event !== undefined,
    isDraft: entry?.draft ?? false,
    problems: own.map((problem) => ({ ...problem, spot: spotOf?.(problem) ?? { at: "top" } })),
    notices: event ? noticePreviews(site, event) : [],
  };
}

function pageOf(file: string): string {
  return `/incidents/${slugOf(file)}`;
}

/** Where a problem is told in full: on the page of its file, or where the file itself is shown. */
function addressOf({ place: { file, line } }: Problem, ordinal: number, pages: ReadonlyMap<string, string>): string {
  const page = file.endsWith(".md") ? (pages.get(file) ?? pageOf(file)) : undefined;
  return page === undefined ? sourceAddress(file, line) : `${page}#problem-${ordinal}`;
}

/** The file whose page is at a path; one that nothing can be shown of has its address already. */
function fileOf(path: string, { entries, problems }: WrittenFolder): string | undefined {
  const isHere = (file: string) => file.endsWith(".md") && pageOf(file) === path;
  return entries.find(({ file }) => isHere(file))?.file ?? problems.find(({ place }) => isHere(place.file))?.place.file;
}
