import { authorOf } from "#lib/access/tokens.ts";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { declareIncident, deedOf, endDraft, planMaintenance, writeUpdate } from "#lib/content/folder/write.ts";
import { declarationSchema, planSchema, readRequest, updateSchema } from "#lib/content/intake/requests.ts";
import { filled, typedComponents } from "#lib/content/intake/typed.ts";
import { may } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Answer } from "../http/answer.ts";
import { changePage, commitWords } from "./change-page.ts";
import { eventOf } from "./content-view.ts";
import { leadTo, type OperatorRequest, sendOnce, show } from "./operator-request.ts";

/** Declares an incident. */
export async function declaring(request: OperatorRequest): Promise<Answer> {
  const { typed, app } = request;
  const { title, message, status, impact, at, started, draft, nextUpdate, expectedEnd } = typed;
  const body = {
    title,
    message,
    status,
    impact: filled(impact),
    at: filled(at),
    started: filled(started),
    nextUpdate: filled(nextUpdate),
    expectedEnd: filled(expectedEnd),
    draft: draft === "yes",
  };
  const read = readRequest(declarationSchema, { ...body, components: typedComponents(typed, "effect.") });
  return await changePage(request, {
    page: (state) => ({ kind: "declare", state }),
    initial: { at: "now" },
    faults: "problems" in read ? read.problems : [],
    deed: "Declare",
    known: new Set(),
    write: (order) =>
      app.writer.create(order, (contentFolder, now) => {
        if ("problems" in read) throw new TypeError("What is not understood is not written");
        const { components, draft: isDraft = false, ...said } = read.value;
        return declareIncident(contentFolder, { ...said, effects: components, draft: isDraft }, now);
      }),
  });
}

/** Announces maintenance. */
export async function planning(request: OperatorRequest): Promise<Answer> {
  const { typed, app } = request;
  const { title, message, start, end } = typed;
  const read = readRequest(planSchema, {
    title,
    message,
    start,
    end,
    components: Object.keys(typedComponents(typed, "component.")),
  });
  return await changePage(request, {
    page: (state) => ({ kind: "maintain", state }),
    initial: {},
    faults: "problems" in read ? read.problems : [],
    deed: "Announce",
    known: new Set(),
    write: (order) =>
      app.writer.create(order, (contentFolder, now) => {
        if ("problems" in read) throw new TypeError("What is not understood is not written");
        return planMaintenance(contentFolder, read.value, now);
      }),
  });
}

/** One incident or maintenance, with the form of its next update. */
export async function ofEntry(request: OperatorRequest): Promise<Answer> {
  const { typed, config, app } = request;
  const { slug = "" } = request.params;
  const now = app.clock();
  const found = await (await openContentFolder(app.environment, now)).find(slug);
  if ("reason" in found) return await notThere(request, found.problems);
  if (found.entry.slug !== slug) return leadTo(`/operator/${encodeURIComponent(found.entry.slug)}`);
  const seen = eventOf(found.file, found.text, config, now);
  if (!seen) return await notThere(request);
  const { event } = seen;
  if (request.step === "end-draft") return await endingDraft(request, slug);
  const view = { ...seen, isDraft: found.entry.draft, hasReport: found.entry.body !== "" };
  const effects = typedComponents(typed, "effect.");
  const { status, message, at, nextUpdate, expectedEnd } = typed;
  const components = Object.keys(effects).length > 0 ? effects : undefined;
  const read = readRequest(updateSchema, {
    status,
    message,
    at: filled(at),
    nextUpdate: filled(nextUpdate),
    expectedEnd: filled(expectedEnd),
    components,
  });
  return await changePage(request, {
    page: (state) => ({ kind: "event", ...view, state }),
    initial: {
      at: "now",
      status: event.isOver ? "update" : event.status,
      version: app.writer.versions.keep(found.text),
    },
    faults: "problems" in read ? read.problems : [],
    deed: deedOf(status),
    known: new Set(event.updates.map(({ id }) => id)),
    write: (order) =>
      app.writer.change({ ...order, slug, version: filled(typed["version"]) }, (contentFolder, entry, at) => {
        if ("problems" in read) throw new TypeError("What is not understood is not written");
        const { components: said, ...rest } = read.value;
        return writeUpdate(contentFolder, entry, { ...rest, effects: said }, at);
      }),
  });
}

async function endingDraft(request: OperatorRequest, slug: string): Promise<Answer> {
  const { app, token, typed, session, path, words } = request;
  if (!may(token.role, "write")) return leadTo(path);
  return await sendOnce(request, async () => {
    const order = {
      by: authorOf(token),
      isRehearsal: false,
      deed: "Take out of drafts",
      slug,
      version: filled(typed["version"]),
    };
    const outcome = await app.writer.change(order, endDraft);
    session.notice =
      outcome.kind === "written"
        ? words.done.endedDraft({ commit: commitWords(outcome.commit, words) })
        : words.done.notWritten;
    return leadTo(path);
  });
}

/** There is no such page, or its file cannot be read. */
export function notThere(request: OperatorRequest, problems: readonly Problem[] = []): Promise<Answer> {
  return show(request, 404, { kind: "missing", problems });
}
