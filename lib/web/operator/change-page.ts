import { authorOf } from "#lib/access/tokens.ts";
import type { Outcome } from "#lib/content/folder/content-writer.ts";
import type { Committed } from "#lib/content/folder/git.ts";
import { may } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Answer } from "../http/answer.ts";
import { eventOf } from "./content-view.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";
import type { FormState, OperatorPage, PreviewedUpdate } from "./views.ts";

/** A page with a form that changes a file: typed, looked at as customers will read it, sent. */
export interface ChangePage {
  readonly page: (state: FormState) => OperatorPage;
  /** What stands in the form when it is first shown. */
  readonly initial: FormState["typed"];
  /** What is wrong with what was typed, before any file is looked at. */
  readonly faults: readonly Problem[];
  readonly write: (order: {
    by: { name: string; email: string };
    isRehearsal: boolean;
    deed: string;
  }) => Promise<Outcome>;
  /** For the commit's message. */
  readonly deed: string;
  /** Updates that customers can read already. */
  readonly known: ReadonlySet<string>;
}

export async function changePage(request: OperatorRequest, page: ChangePage): Promise<Answer> {
  const marks = marksOf(request);
  const typed = { ...page.initial, ...request.typed };
  const draw = (status: number, state: Partial<FormState> = {}) =>
    show(request, status, page.page({ marks, typed, ...state }));
  if (request.step === "look") return await draw(200);
  if (!may(request.token.role, "write")) {
    const { author, authorRemedy } = request.words.refused;
    return await draw(403, { problems: [problem(author, authorRemedy)] });
  }
  if (page.faults.length > 0) return await draw(422, { problems: page.faults });

  const order = { by: authorOf(request.token), deed: page.deed };
  if (request.step !== "write") {
    const outcome = await page.write({ ...order, isRehearsal: true });
    const preview = outcome.kind === "written" ? previewOf(outcome, request, page.known) : undefined;
    return await (preview ? draw(200, { preview }) : failed(outcome, request, draw));
  }
  return await sendOnce(request, async () => {
    const outcome = await page.write({ ...order, isRehearsal: false });
    if (outcome.kind !== "written") return await failed(outcome, request, draw);
    const commit = commitWords(outcome.commit, request.words);
    request.session.notice = request.words.done.written({ file: outcome.file, commit });
    return leadTo(`/operator/${encodeURIComponent(outcome.slug)}`);
  });
}

/** The form again, with what is in the way; nothing that was typed is lost. */
function failed(
  outcome: Outcome,
  { typed, words }: OperatorRequest,
  draw: (status: number, state: Partial<FormState>) => Promise<Answer>,
): Promise<Answer> {
  const { gone, goneRemedy, empty, emptyRemedy } = words.refused;
  switch (outcome.kind) {
    case "refused":
      return draw(422, { problems: outcome.problems });
    case "changed": {
      const { file, version, diff } = outcome;
      const changed = { file, ...(diff === undefined ? {} : { diff }) };
      return draw(409, { typed: { ...typed, version }, changed });
    }
    case "not-found":
      return draw(404, { problems: [problem(gone, goneRemedy)] });
    case "written":
      return draw(422, { problems: [problem(empty, emptyRemedy)] });
  }
}

function previewOf(
  written: Outcome & { kind: "written" },
  request: OperatorRequest,
  known: ReadonlySet<string>,
): PreviewedUpdate | undefined {
  const seen = eventOf(written.file, written.text, request.config, request.app.clock());
  const update = seen?.event.updates.find(({ id }) => !known.has(id)) ?? seen?.event.updates.at(-1);
  return seen && update && { ...seen, update, warnings: written.warnings };
}

/** What became of the commit, as far as there is anything to say. */
export function commitWords(commit: Committed | undefined, { done }: OperatorRequest["words"]): string {
  if (commit?.kind === "committed") return done.committed({ id: commit.id.slice(0, 10) });
  return commit?.kind === "failed" ? done.notCommitted({ why: commit.why.slice(0, 200) }) : "";
}

function problem(message: string, remedy: string): Problem {
  return { rule: "operator", severity: "error", place: { file: "request", line: 1, column: 1 }, message, remedy };
}
