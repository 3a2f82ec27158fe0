import { authorOf } from "#lib/access/tokens.ts";
import type { Outcome } from "#lib/content/folder/content-writer.ts";
import type { Committed } from "#lib/content/folder/git.ts";
import { may } from "#lib/model/access.ts";
import type { Problem } from "#lib/model/problem.ts";
import type { Answer } from "../serve/exchange.ts";
import { eventOf } from "./content-view.ts";
import { html, leadTo, marksOf, type OperatorRequest, sendOnce } from "./operator-request.ts";
import type { FormState, PreviewedUpdate } from "./pages/pages.ts";

/** A page with a form that changes a file: typed, looked at as customers will read it, sent. */
export interface ChangePage {
  readonly render: (state: FormState) => string;
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
  if (request.step === "look") return html(200, page.render({ marks, typed }));
  if (!may(request.token.role, "write")) {
    return html(
      403,
      page.render({
        marks,
        typed,
        problems: [problem("This takes a token of the role author.", "Sign in with another.")],
      }),
    );
  }
  if (page.faults.length > 0) return html(422, page.render({ marks, typed, problems: page.faults }));

  const order = { by: authorOf(request.token), deed: page.deed };
  if (request.step !== "write") {
    const outcome = await page.write({ ...order, isRehearsal: true });
    const preview = outcome.kind === "written" ? previewOf(outcome, request, page.known) : undefined;
    if (preview) return html(200, page.render({ marks, typed, preview }));
    return failed(outcome, request, page, typed);
  }
  return await sendOnce(request, async () => {
    const outcome = await page.write({ ...order, isRehearsal: false });
    if (outcome.kind !== "written") return failed(outcome, request, page, typed);
    request.session.notice = `Written to ${outcome.file}.${commitWords(outcome.commit)} Publish to show it to readers.`;
    return leadTo(`/operator/${encodeURIComponent(outcome.slug)}`);
  });
}

/** The form again, with what is in the way; nothing that was typed is lost. */
function failed(outcome: Outcome, request: OperatorRequest, page: ChangePage, typed: FormState["typed"]): Answer {
  const marks = marksOf(request);
  switch (outcome.kind) {
    case "refused":
      return html(422, page.render({ marks, typed, problems: outcome.problems }));
    case "changed": {
      const { file, version, diff } = outcome;
      const changed = { file, ...(diff === undefined ? {} : { diff }) };
      return html(409, page.render({ marks, typed: { ...typed, version }, changed }));
    }
    case "not-found":
      return html(
        404,
        page.render({ marks, typed, problems: [problem("The file is gone.", "Somebody has removed or renamed it.")] }),
      );
    case "written":
      return html(
        422,
        page.render({ marks, typed, problems: [problem("There is nothing to show.", "Write something first.")] }),
      );
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
export function commitWords(commit: Committed | undefined): string {
  if (commit?.kind === "committed") return ` Committed as ${commit.id.slice(0, 10)}.`;
  return commit?.kind === "failed" ? ` It could not be committed: ${commit.why.slice(0, 200)}.` : "";
}

function problem(message: string, remedy: string): Problem {
  return { rule: "operator", severity: "error", place: { file: "request", line: 1, column: 1 }, message, remedy };
}
