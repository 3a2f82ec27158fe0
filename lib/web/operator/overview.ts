import { relative } from "node:path";
import { lastChange } from "#lib/content/folder/undo.ts";
import { may } from "#lib/model/access.ts";
import { confirmClock } from "#lib/operation/confirm-clock.ts";
import { troublesNow } from "#lib/operation/troubles/now.ts";
import type { Answer } from "../http/answer.ts";
import { leadTo, marksOf, type OperatorRequest, sendOnce, show } from "./operator-request.ts";

/** What is wrong, what is open, and what can be done. */
export async function overview(request: OperatorRequest): Promise<Answer> {
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
