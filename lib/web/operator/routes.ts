import { relative } from "node:path";
import { authorOf } from "#lib/access/tokens.ts";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import { lastChange, undoLast } from "#lib/content/folder/undo.ts";
import { declareIncident, deedOf, endDraft, planMaintenance, writeUpdate } from "#lib/content/folder/write.ts";
import { declarationSchema, planSchema, readRequest, updateSchema } from "#lib/content/intake/requests.ts";
import { filled, typedComponents } from "#lib/content/intake/typed.ts";
import { may } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import { confirmClock } from "#lib/operation/confirm-clock.ts";
import { troublesNow } from "#lib/operation/troubles/now.ts";
import type { Answer } from "../serve/exchange.ts";
import { changePage, commitWords } from "./change-page.ts";
import { eventOf } from "./content-view.ts";
import { watching, watchingNotice } from "./delivery.ts";
import { correcting, moving } from "./entry-changes.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";
import { publishing, rollingBack } from "./publishing.ts";
import { reportPage } from "./report-page.ts";
import type { TakeBackView } from "./views.ts";

/** The pages that are not about one entry. */
const PAGES: Readonly<Record<string, (request: OperatorRequest) => Promise<Answer>>> = {
  "/operator": overview,
  "/operator/-/declare": declaring,
  "/operator/-/maintain": planning,
  "/operator/-/publish": publishing,
  "/operator/-/delivery": watching,
  "/operator/-/delivery/still": watching,
  "/operator/-/rollback": rollingBack,
  "/operator/-/undo": undoing,
};

/** The page at a path. */
export async function pageFor(request: OperatorRequest): Promise<Answer> {
  const page = PAGES[request.path];
  if (page) return await page(request);
  const [, notice] = /^\/operator\/-\/delivery\/([a-z\d]{24})$/.exec(request.path) ?? [];
  if (notice !== undefined) return await watchingNotice(request, notice);
  const [, slug = "", part, update] =
    /^\/operator\/([A-Za-z0-9][\w.-]{0,119})(?:\/(report|move|correct\/([\w-]{1,60})))?$/.exec(request.path) ?? [];
  if (slug === "") return await notThere(request);
  if (part === undefined) return await ofEntry(request, slug);
  if (update !== undefined) return await correcting(request, slug, update);
  return part === "move" ? await moving(request, slug) : await reportPage(request, slug);
}

async function overview(request: OperatorRequest): Promise<Answer> {
  const { app, view, token } = request;
  const now = app.clock();
  const mayConfirm = may(token.role, "publish");
  if (request.step === "clock-is-right" && mayConfirm) return await confirmingClock(request, now);
  const { site, drafts, problems } = await view.look(now);
  const last = await lastChange(app.environment.data);
  const { doubt, troubles } = await troublesNow(app.environment, now);
  return await show(request, request.step === "clock-is-right" ? 403 : 200, {
    kind: "overview",
    site,
    drafts,
    problems,
    troubles,
    ...(last && { lastChange: { file: relative(app.environment.content, last.file), at: last.at } }),
    ...(doubt === undefined ? {} : { clock: { doubt, ...(mayConfirm ? { marks: marksOf(request) } : {}) } }),
  });
}

/** By a clock that is in doubt nothing is told, until somebody who may publish says that it is right. */
async function confirmingClock(request: OperatorRequest, now: number): Promise<Answer> {
  const { environment } = request.app;
  return await sendOnce(request, async () => {
    const wasInDoubt = await confirmClock(environment, now);
    const { clockBelieved, clockFine } = request.words.done;
    request.session.notice = wasInDoubt ? clockBelieved : clockFine;
    return leadTo("/operator");
  });
}

async function declaring(request: OperatorRequest): Promise<Answer> {
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

async function planning(request: OperatorRequest): Promise<Answer> {
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

async function ofEntry(request: OperatorRequest, slug: string): Promise<Answer> {
  const { typed, config, app } = request;
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

async function undoing(request: OperatorRequest): Promise<Answer> {
  const { app, token, typed, words } = request;
  const last = await lastChange(app.environment.data);
  if (!last) return await show(request, 200, { kind: "take-back" });
  const file = relative(app.environment.content, last.file);
  const isAllowed = may(token.role, "write");
  const page: TakeBackView = {
    kind: "take-back",
    last: { file, isNew: last.before === undefined, at: last.at },
    ...(isAllowed ? { marks: marksOf(request) } : {}),
  };
  if (request.step !== "write" || !isAllowed) return await show(request, 200, page);
  return await sendOnce(request, async () => {
    const isSame = (await lastChange(app.environment.data))?.at === Number(typed["at"]);
    const done = isSame ? await undoLast(app.environment.data) : undefined;
    if (!done?.isUndone) return await show(request, 409, { ...page, fault: words.takeBack.overtaken });
    const commit = await app.writer.commit(file, `Take back the last change to ${file}`, authorOf(token));
    request.session.notice = words.done.takenBack({ file, commit: commitWords(commit, words) });
    return leadTo("/operator");
  });
}

function notThere(request: OperatorRequest, problems: readonly Problem[] = []): Promise<Answer> {
  return show(request, 404, { kind: "missing", problems });
}
