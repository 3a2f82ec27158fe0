import { authorOf } from "#lib/access/tokens.ts";
import { openContentFolder } from "#lib/content/folder/content-folder.ts";
import type { ChangeOrder, Outcome } from "#lib/content/folder/content-writer.ts";
import { templateNamed, templateNames } from "#lib/content/folder/templates.ts";
import { beginReport, closeReport } from "#lib/content/folder/write.ts";
import { may } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Answer } from "../http/answer.ts";
import { commitWords } from "./change-page.ts";
import { eventOf } from "./content-view.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";

/** An entry's report as readers will see it, with its next step: to begin it, or to declare it final. */
export async function reportPage(request: OperatorRequest): Promise<Answer> {
  const { app, config, params, typed, token, step, path, session, words } = request;
  const { slug = "" } = params;
  const { environment, writer } = app;
  const now = app.clock();
  const found = await (await openContentFolder(environment, now)).find(slug);
  if ("reason" in found) return leadTo("/operator");
  const seen = eventOf(found.file, found.text, config, now);
  if (!seen) return leadTo("/operator");
  const templates = await templateNames(environment.content);
  const isAllowed = may(token.role, "write");
  const version = writer.versions.keep(found.text);
  const isBegun = found.entry.body !== "";
  const state = { ...seen, path, templates, marks: marksOf(request), version, isAllowed, isBegun };
  const draw = (status: number, problems: readonly Problem[] = []) =>
    show(request, status, { kind: "report", ...state, problems });
  if (step === "look" || !isAllowed) return await draw(step === "look" ? 200 : 403);

  const order = { by: authorOf(token), isRehearsal: false, slug, version: typed["version"] };
  return await sendOnce(request, async () => {
    const outcome =
      step === "final"
        ? await writer.change({ ...order, deed: "Finish the report of" }, closeReport)
        : await begin(request, order, typed["template"] ?? "");
    if (outcome.kind !== "written")
      return await draw(outcome.kind === "changed" ? 409 : 422, problemsOf(outcome, words));
    session.notice = words.done.reportWritten({ file: outcome.file, commit: commitWords(outcome.commit, words) });
    return leadTo(path);
  });
}

async function begin(
  { app, words }: OperatorRequest,
  order: Omit<ChangeOrder, "deed">,
  name: string,
): Promise<Outcome> {
  const { noTemplate, noTemplateRemedy, isBegun, isBegunRemedy } = words.refused;
  const template = await templateNamed(app.environment.content, name);
  if (template === undefined) return { kind: "refused", problems: [problem(noTemplate, noTemplateRemedy)] };
  return await app.writer.change({ ...order, deed: "Begin the report of" }, async (contentFolder, entry) => {
    const begun = await beginReport(contentFolder, entry, template);
    return begun ?? { kind: "refused", problems: [problem(isBegun, isBegunRemedy)] };
  });
}

function problemsOf(
  outcome: Exclude<Outcome, { kind: "written" }>,
  { refused }: OperatorRequest["words"],
): readonly Problem[] {
  if (outcome.kind !== "changed") return outcome.problems;
  return [problem(refused.changedFile({ file: outcome.file }), refused.changedFileRemedy)];
}

function problem(message: string, remedy: string): Problem {
  return { rule: "report", severity: "error", place: { file: "request", line: 1, column: 1 }, message, remedy };
}
