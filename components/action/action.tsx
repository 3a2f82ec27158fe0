import { messagesIn } from "#lib/messages/messages.ts";
import type { Action } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import { isOverdue } from "#lib/site/views/actions.ts";
import type { AnyEvent } from "#lib/site/views/history.ts";
import { Title } from "../event/title.tsx";
import { Sentence } from "../sentence/sentence.tsx";
import { Time } from "../time/time.tsx";

interface ActionProps {
  readonly action: Action;
  readonly site: Site;
  readonly now: number;
  /** What it follows from, where that is not the page itself. */
  readonly event?: AnyEvent;
}

/** One action in a list: what is done, what for, by whom, by when, and for when it was promised before. */
export function ActionItem({ action, event, site, now }: ActionProps) {
  const { id, title, kind, owner, url, wasDue = [] } = action;
  const { action: words } = messagesIn(site.config.locale);
  return (
    <li className={action.done ? "is-done" : undefined} id={event || !id ? undefined : `action-${id}`}>
      <span className="actions-title">
        {url ? <a href={url}>{title}</a> : title}
        {event && (
          <a className="actions-event" href={`/incidents/${event.slug}`}>
            <Title event={event} site={site} />
          </a>
        )}
      </span>
      <span className="actions-facts">
        <State action={action} site={site} now={now} />
        {wasDue.map((day) => (
          <span key={day.on}>
            <Sentence>{words.wasDue({ time: <Time when={day} site={site} /> })}</Sentence>
          </span>
        ))}
        {kind && <span>{words.kind[kind]}</span>}
        {owner && <span>{owner}</span>}
      </span>
    </li>
  );
}

function State({ action, site, now }: ActionProps) {
  const { action: words } = messagesIn(site.config.locale);
  const { due, done } = action;
  if (done) {
    return (
      <span className="done">
        <Sentence>{words.done({ time: <Time when={done} site={site} /> })}</Sentence>
      </span>
    );
  }
  if (!due) return <span>{words.open}</span>;
  const isLate = isOverdue(action, now);
  const time = <Time when={due} site={site} />;
  return (
    <span className={isLate ? "overdue" : undefined}>
      <Sentence>{(isLate ? words.overdueSince : words.openUntil)({ time })}</Sentence>
    </span>
  );
}
