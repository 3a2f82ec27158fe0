import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import { Sentence } from "#components/sentence/sentence.tsx";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import { ANSWERS, incidentAnswer } from "#lib/site/api/answers.ts";
import { documentOf } from "#lib/site/api/document.ts";
import { exampleOf } from "#lib/site/api/example.ts";
import { describedShapes } from "#lib/site/api/fields.ts";
import { historyOf } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";

export function generateMetadata() {
  const site = reader().site();
  const { api } = messagesIn(site.config.locale);
  const description = api.about({ name: site.config.name });
  return pageMetadata(site, { path: "/api", title: api.title, description });
}

/** What else there is for programs: addresses, and the text about them. */
const OTHERS = [
  ["/history.atom, /history.rss, /feed.json", "feeds"],
  ["/reports.atom, /reports.rss, /reports.json", "reports"],
  ["/actions.atom, /actions.rss, /actions.json", "actions"],
  ["/calendar.ics", "calendar"],
  ["/badge.svg?style=flat", "badge"],
  ["/embed.js, /embed, /oembed?url=…", "embed"],
  ["/incidents/<slug>.md", "markdown"],
  ["/llms.txt, /sitemap.xml", "crawlers"],
] as const;

/** What a copy of the site as files cannot have. */
const LIVE = [
  ["/live?components=<id>,<id>", "live"],
  ["/wallboard?components=<id>,<id>", "board"],
] as const;

export default function ApiPage() {
  const site = reader().site();
  const { api } = messagesIn(site.config.locale);
  return (
    <Frame site={site} here="/api">
      <h1>{api.title}</h1>
      <p className="lead">
        {api.lead} <a href="/api/openapi.json">{api.description}</a>
      </p>
      <section aria-labelledby="answers">
        <h2 id="answers">{api.answers}</h2>
        {answersOf(site).map(({ path, address, about, example }) => (
          <details key={path} className="api-answer">
            <summary>
              <code>{path}</code> <span>{about}</span>
            </summary>
            <p>
              <Sentence>{api.example({ address: <a href={address}>{address}</a> })}</Sentence>
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it */}
            <pre tabIndex={0}>
              <code>{example}</code>
            </pre>
          </details>
        ))}
      </section>
      <section aria-labelledby="objects">
        <h2 id="objects">{api.objects}</h2>
        {describedShapes().map(({ name, about, fields }) => (
          <details key={name} id={`object-${name}`} className="api-answer">
            <summary>
              <code>{name}</code> <span>{about}</span>
            </summary>
            <dl className="api-fields">
              {fields.map((field) => (
                <div key={field.name}>
                  <dt>
                    <code>{field.name}</code>
                  </dt>
                  <dd>
                    <span>{field.isOptional ? api.optional({ type: field.type }) : field.type}</span>
                    {field.about === "" ? null : ` ${field.about}`}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        ))}
      </section>
      <section aria-labelledby="others">
        <h2 id="others">{api.others}</h2>
        <dl className="api-others">
          {[...OTHERS, ...(reader().told ? LIVE : [])].map(([address, about]) => (
            <div key={address}>
              <dt>
                <code>{address}</code>
              </dt>
              <dd>{api[about]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Frame>
  );
}

interface Shown {
  readonly path: string;
  /** One that answers now. */
  readonly address: string;
  readonly about: string;
  readonly example: string;
}

/** Every answer as this site gives it at this moment. */
function answersOf(site: Site): Shown[] {
  const [event] = [...site.incidents, ...site.maintenances, ...historyOf(site).events];
  const { api } = messagesIn(site.config.locale);
  const lists = ANSWERS.map(({ path, about, of }) => ({
    path,
    address: path,
    about: api[about],
    example: exampleOf(of(site)),
  }));
  if (!event) return lists;
  return [
    ...lists,
    {
      path: "/api/v2/incidents/<id>.json",
      address: `/api/v2/incidents/${event.id}.json`,
      about: api.incident,
      example: exampleOf(incidentAnswer(event, site)),
    },
    {
      path: "/incidents/<slug>.json",
      address: `/incidents/${event.slug}.json`,
      about: api.documentAlso,
      example: exampleOf(documentOf(event, site)),
    },
  ];
}
