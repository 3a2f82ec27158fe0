import { EventLine } from "#components/event/event.tsx";
import { Frame } from "#components/frame/frame.tsx";
import { historyOf } from "#lib/site/views/history.ts";
import { headline } from "#lib/site/views/words.ts";
import { reader } from "#lib/web/reader.ts";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  const site = reader().site();
  return (
    <Frame site={site} here="">
      <h1>There is no such page</h1>
      <p className="lead">
        The address may be mistyped, or the page may have moved. Right now:{" "}
        <a href="/">{headline(site).toLowerCase()}</a>.
      </p>
      <section aria-labelledby="latest">
        <h2 id="latest">Perhaps you are looking for</h2>
        {historyOf(site)
          .events.slice(0, 3)
          .map((event) => (
            <EventLine key={event.slug} event={event} site={site} />
          ))}
        <p className="pager">
          <a href="/history">All incidents and maintenance</a>
        </p>
      </section>
    </Frame>
  );
}
