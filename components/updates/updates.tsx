import type { ReactNode } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import { isEnding } from "#lib/model/course.ts";
import type { Incident, Maintenance, Site, Update } from "#lib/model/site.ts";
import { earliest } from "#lib/model/time.ts";
import { updateHtml } from "#lib/site/views/text.ts";
import { updateLabel } from "#lib/site/views/words.ts";
import { ExpectationsLine } from "../expectations/expectations.tsx";
import { Mark } from "../mark/mark.tsx";
import { Prose } from "../prose/prose.tsx";
import { Sentence } from "../sentence/sentence.tsx";
import { Age, Time } from "../time/time.tsx";

interface UpdatesProps {
  readonly event: Incident | Maintenance;
  readonly site: Site;
  readonly now: number;
}

/** Every update of an event, newest first, each with an address of its own. */
export function Updates({ event, site, now }: UpdatesProps) {
  return (
    <ol className="updates" reversed>
      {event.updates.toReversed().map((update) => (
        <UpdateItem key={update.id} event={event} update={update} site={site} now={now} />
      ))}
    </ol>
  );
}

interface UpdateItemProps extends UpdatesProps {
  readonly update: Update;
  /** What stands below it, for the operator. */
  readonly children?: ReactNode;
}

/** One update in the list of an event's: readers and operators see it by this component alone. */
export function UpdateItem({ event, update, site, now, children }: UpdateItemProps) {
  const t = messagesIn(site.config.locale);
  const words = t.event;
  return (
    <li id={update.id} className={markOf(update)}>
      <h3>
        {updateLabel(update, t)}
        {update.isAfterEnd && !update.isCorrection && (
          <span className="tag">{event.kind === "incident" ? words.afterResolution : words.afterEnd}</span>
        )}
        {update.isReopening && <span className="tag">{words.reopened}</span>}
        {update.correctedBy && (
          <a className="tag" href={`#${update.correctedBy}`}>
            {words.corrected}
          </a>
        )}
      </h3>
      <p className="updates-when">
        <a href={`#${update.id}`}>
          <Time when={update.at} site={site} />
        </a>{" "}
        <Age when={update.at} now={now} site={site} />
      </p>
      {update.isCorrection && <Corrected update={update} event={event} site={site} />}
      <Prose html={updateHtml(event, update, site)} site={site} />
      <ExpectationsLine
        of={update.nextUpdate ? { nextUpdate: update.nextUpdate } : {}}
        site={site}
        now={earliest(update.at)}
      />
      <Changes update={update} site={site} />
      {children}
    </li>
  );
}

function markOf({ isCorrection, status }: Update): string | undefined {
  if (isCorrection) return "is-correction";
  return isEnding(status) ? "is-end" : undefined;
}

/** What a correction is about. */
function Corrected({ update, event, site }: { readonly update: Update } & Pick<UpdatesProps, "event" | "site">) {
  const wrong = event.updates.find(({ id }) => id === update.corrects);
  if (!wrong) return null;
  const time = (
    <a href={`#${wrong.id}`}>
      <Time when={wrong.at} site={site} />
    </a>
  );
  return (
    <p className="updates-corrects">
      <Sentence>{messagesIn(site.config.locale).event.corrects({ time })}</Sentence>
    </p>
  );
}

function Changes({ update, site }: { readonly update: Update; readonly site: Site }) {
  if (update.changes.length === 0) return null;
  const nameOf = (id: string) => site.config.components.find((component) => component.id === id)?.name ?? id;
  const { effect, event: words } = messagesIn(site.config.locale);
  return (
    <ul className="changes" aria-label={words.changed}>
      {update.changes.map(({ component, from, to }) => (
        <li key={component}>
          <Mark effect={to} />
          <span>
            {words.change({
              name: nameOf(component),
              from: effect[from].toLowerCase(),
              to: effect[to].toLowerCase(),
            })}
          </span>
        </li>
      ))}
    </ul>
  );
}
