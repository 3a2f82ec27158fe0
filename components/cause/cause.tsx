import type { ReactNode } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Action, Cause } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import type { AnyEvent } from "#lib/site/views/history.ts";
import { Sentence } from "../sentence/sentence.tsx";
import { Time } from "../time/time.tsx";

interface CauseProps {
  readonly event: AnyEvent;
  readonly site: Site;
}

/** Why it happened: what set it off, what else it took and which action answers that, what held, and what nobody knows. */
export function CauseSection({ event, site }: CauseProps) {
  const { actions, cause } = event;
  if (!cause) return null;
  const { cause: words } = messagesIn(site.config.locale);
  const { factors = [], safeguards = {}, trigger, unknowns = [] } = cause;
  return (
    <section className="cause" aria-labelledby="why">
      <h2 id="why">{words.title}</h2>
      {trigger && (
        <Part heading={words.trigger}>
          <li>
            <strong>{words.kind[trigger.kind]}</strong>
            {trigger.what && <p>{trigger.what}</p>}
          </li>
        </Part>
      )}
      {factors.length > 0 && (
        <Part heading={words.factors}>
          {factors.map(({ id, what }) => (
            <li key={what} id={id && `factor-${id}`}>
              {what}
              {id && <Answers to={actions.filter(({ answers }) => answers === id)} site={site} />}
            </li>
          ))}
        </Part>
      )}
      {(["held", "failed", "luck"] as const).map((name) => {
        const list = safeguards[name] ?? [];
        if (list.length === 0) return null;
        return (
          <Part key={name} heading={words[name]}>
            {list.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </Part>
        );
      })}
      {unknowns.length > 0 && (
        <Part heading={words.unknowns}>
          {unknowns.map((one) => (
            <Unknown key={one.what} one={one} site={site} />
          ))}
        </Part>
      )}
    </section>
  );
}

function Part({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <>
      <h3>{heading}</h3>
      <ul>{children}</ul>
    </>
  );
}

/** Which actions answer a factor; that none does is said as well. */
function Answers({ to, site }: { readonly to: readonly Action[]; readonly site: Site }) {
  const { cause: words } = messagesIn(site.config.locale);
  if (to.length === 0) return <p className="quiet">{words.noAction}</p>;
  return to.map(({ id, title }) => (
    <p className="quiet" key={title}>
      <Sentence>{words.answeredBy({ action: id ? <a href={`#action-${id}`}>{title}</a> : title })}</Sentence>
    </p>
  ));
}

interface UnknownProps {
  readonly one: NonNullable<Cause["unknowns"]>[number];
  readonly site: Site;
}

function Unknown({ one: { what, why, due, answer }, site }: UnknownProps) {
  const { cause: words } = messagesIn(site.config.locale);
  return (
    <li>
      {what}
      {answer && (
        <p>
          <strong>{words.answer}</strong> {answer}
        </p>
      )}
      {why && !answer && <p className="quiet">{words.because({ why })}</p>}
      {due && !answer && (
        <p className="quiet">
          <Sentence>{words.answerDue({ time: <Time when={due} site={site} /> })}</Sentence>
        </p>
      )}
    </li>
  );
}
