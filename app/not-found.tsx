import { EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { Sentence } from "#components/sentence/sentence.tsx";
import { messagesIn } from "#lib/messages/messages.ts";
import { historyOf } from "#lib/site/views/history.ts";
import { headline } from "#lib/site/views/words.ts";
import { reader } from "#lib/web/reader.ts";

export function generateMetadata() {
  return { title: messagesIn(reader().site().config.locale).notFound.title };
}

export default function NotFound() {
  const site = reader().site();
  const { home, notFound } = messagesIn(site.config.locale);
  const state = <a href="/">{headline(site).toLowerCase()}</a>;
  return (
    <Frame site={site} here="">
      <h1>{notFound.heading}</h1>
      <p className="lead">
        <Sentence>{notFound.about({ state })}</Sentence>
      </p>
      <section aria-labelledby="latest">
        <h2 id="latest">{notFound.latest}</h2>
        {historyOf(site)
          .events.slice(0, 3)
          .map((event) => (
            <EventLine key={event.slug} event={event} site={site} />
          ))}
        <p className="pager">
          <a href="/history">{home.all}</a>
        </p>
      </section>
    </Frame>
  );
}
