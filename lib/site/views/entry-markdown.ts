import { Document } from "yaml";
import { timeForMachines } from "#lib/calendar/words.ts";
import { withoutComments } from "#lib/markdown/comments.ts";
import { inOrder } from "#lib/model/course.ts";
import type { Action, Entry, EntryUpdate } from "#lib/model/incident.ts";
import type { PublishedEntry } from "#lib/model/site.ts";
import type { When } from "#lib/model/time.ts";

/**
 * An incident as published, as the Markdown file it is written in: what is read from it says the same as the original, but for
 * notes among authors. What was corrected stands among its updates.
 */
export function entryMarkdown(entry: PublishedEntry): string {
  const {
    id,
    title,
    impact,
    components,
    started,
    detected,
    ended,
    updates,
    phases,
    harm,
    trigger,
    factors,
    safeguards,
    unknowns,
    scheduled,
    report,
    actions,
    tags,
    redirects,
    nextUpdate,
    expectedEnd,
  } = entry;
  const front = new Document(
    withoutNothing({
      id,
      title,
      impact,
      components: componentsOf(components),
      scheduled: scheduled && { start: written(scheduled.start), end: written(scheduled.end) },
      started: started && written(started),
      detected: detected && written(detected),
      ended: ended && written(ended),
      phases: phases && Object.fromEntries(Object.entries(phases).map(([name, at]) => [name, written(at)])),
      harm: harm?.map(({ from, to, ...row }) =>
        withoutNothing({ ...row, from: from && written(from), to: to && written(to) }),
      ),
      trigger,
      factors,
      safeguards,
      unknowns: unknowns?.map(({ due, ...one }) => withoutNothing({ ...one, due: due && written(due) })),
      updates: withCorrections(updates, entry).map((update) =>
        withoutNothing({
          id: update.id,
          at: written(update.at),
          status: update.status,
          body: withoutComments(update.body),
          components: componentsOf(update.components),
          next_update: update.nextUpdate && written(update.nextUpdate),
        }),
      ),
      next_update: nextUpdate && (nextUpdate.kind === "period" ? nextUpdate.written : written(nextUpdate)),
      expected_end: expectedEnd && written(expectedEnd),
      report:
        report &&
        withoutNothing({
          status: report.status,
          due: report.due && written(report.due),
          published: report.published && written(report.published),
        }),
      actions: actions.map(actionOf),
      tags,
      redirects,
    }),
    { aliasDuplicateObjects: false },
  );
  return `---\n${front.toString({ lineWidth: 110 })}---\n${withoutComments(entry.body)}`;
}

function withCorrections(updates: readonly EntryUpdate[], { corrections }: PublishedEntry): readonly EntryUpdate[] {
  if (!corrections) return updates;
  const made = corrections.map(({ at, message }): EntryUpdate => {
    return { at, status: "update", body: `Correction: ${message}`, components: {} };
  });
  return inOrder([...updates, ...made]);
}

function actionOf({ id, kind, title, answers, owner, due, wasDue, done, url }: Action): object {
  const [promised, former, ended] = [due && written(due), wasDue?.map(written), done && written(done)];
  return withoutNothing({ id, kind, title, answers, owner, due: promised, was_due: former, done: ended, url });
}

/** Ids alone where their effects follow from the impact. */
function componentsOf(components: Entry["components"]): object {
  const ids = Object.keys(components);
  return ids.length > 0 && ids.every((id) => components[id] === null) ? ids : components;
}

/** A time in the words of a file. */
function written(when: When): string {
  const rough = when.approximate ? "~" : "";
  return rough + (when.kind === "span" ? [when.from, when.to].map(timeForMachines).join("/") : timeForMachines(when));
}

/** Leaves out what says nothing. */
function withoutNothing(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isSomething = (value: unknown) =>
    value !== undefined && (typeof value !== "object" || Object.keys(value ?? {}).length > 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isSomething(value)));
}
