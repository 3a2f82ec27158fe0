import { isDeepStrictEqual } from "node:util";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { moveMaintenance } from "#lib/content/folder/move-maintenance.ts";
import { correctUpdate } from "#lib/content/folder/write.ts";
import { correctionSchema, moveSchema, readRequest } from "#lib/content/intake/requests.ts";
import { filled } from "#lib/content/intake/typed.ts";
import { inOrder } from "#lib/model/course.ts";
import type { Entry } from "#lib/model/incident.ts";
import type { Update } from "#lib/model/site.ts";
import type { When } from "#lib/model/time.ts";
import type { Answer } from "../http/answer.ts";
import { changePage } from "./change-page.ts";
import { eventOf } from "./content-view.ts";
import { leadTo, type OperatorRequest } from "./operator-request.ts";
import type { AnyEvent } from "./views.ts";

/** The page that moves the window of a maintenance. */
export async function moving(request: OperatorRequest): Promise<Answer> {
  const { typed, config, app, path, params } = request;
  const { slug = "" } = params;
  const now = app.clock();
  const found = await (await openContentFolder(app.environment, now)).find(slug);
  const seen = "reason" in found ? undefined : eventOf(found.file, found.text, config, now);
  if ("reason" in found || seen?.event.kind !== "maintenance" || seen.event.isOver) return leadTo(`/operator/${slug}`);
  const { event } = seen;
  const start = filled(typed["start"]);
  const end = filled(typed["end"]);
  const read = readRequest(moveSchema, { message: typed["message"], start, end });
  return await changePage(request, {
    page: (state) => ({ kind: "move", path, event, state }),
    initial: { version: app.writer.versions.keep(found.text) },
    faults: "problems" in read ? read.problems : [],
    deed: start === undefined ? "Extend" : "Postpone",
    known: new Set(event.updates.map(({ id }) => id)),
    write: (order) =>
      app.writer.change({ ...order, slug, version: filled(typed["version"]) }, (contentFolder, entry, at) => {
        if ("problems" in read) throw new TypeError("What is not understood is not written");
        return moveMaintenance(contentFolder, entry, read.value, at);
      }),
  });
}

/** The page that corrects the text of an update, which is named as the incident's page has it. */
export async function correcting(request: OperatorRequest): Promise<Answer> {
  const { typed, config, app, path, params } = request;
  const { slug = "", update: id = "" } = params;
  const now = app.clock();
  const found = await (await openContentFolder(app.environment, now)).find(slug);
  const seen = "reason" in found ? undefined : eventOf(found.file, found.text, config, now);
  const update = seen?.event.updates.find((each) => each.id === id);
  if ("reason" in found || !seen || !update) return leadTo(`/operator/${slug}`);
  const { event } = seen;
  const index = placeOf(update, event, found.entry);
  const read = readRequest(correctionSchema, { message: typed["message"] });
  return await changePage(request, {
    page: (state) => ({ kind: "correct", path, event, state }),
    initial: { message: found.entry.updates[index]?.body ?? "", version: app.writer.versions.keep(found.text) },
    faults: "problems" in read ? read.problems : [],
    deed: "Correct",
    known: new Set(event.updates.map((each) => each.id).filter((each) => each !== id)),
    write: (order) =>
      app.writer.change({ ...order, slug, version: filled(typed["version"]) }, (contentFolder, entry) => {
        if ("problems" in read) throw new TypeError("What is not understood is not written");
        return correctUpdate(contentFolder, entry, index, read.value.message);
      }),
  });
}

/** Where an update of the page stands in its file: of several that are alike, in the same order. */
function placeOf(update: Update, { updates }: AnyEvent, entry: Entry): number {
  const isSame = (at: When, id: string | undefined) => isDeepStrictEqual(at, update.at) && id === update.writtenId;
  const number = updates.filter(({ at, writtenId }) => isSame(at, writtenId)).indexOf(update);
  const written = inOrder(entry.updates).filter(({ at, id }) => isSame(at, id))[number];
  return written ? entry.updates.indexOf(written) : -1;
}
