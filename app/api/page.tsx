import { Frame } from "#components/frame/frame.tsx";
import { pageMetadata } from "#components/frame/metadata.ts";
import type { Site } from "#lib/model/site.ts";
import { ANSWERS, incidentAnswer } from "#lib/site/api/answers.ts";
import { documentOf } from "#lib/site/api/document.ts";
import { exampleOf } from "#lib/site/api/example.ts";
import { describedShapes } from "#lib/site/api/fields.ts";
import { historyOf } from "#lib/site/views/history.ts";
import { reader } from "#lib/web/reader.ts";

export function generateMetadata() {
  const site = reader().site();
  const description = `The API, feeds and other forms for programs of ${site.config.name}`;
  return pageMetadata(site, { path: "/api", title: "API and feeds", description });
}

/** What else there is for programs, by its address. */
const OTHERS: readonly (readonly [string, string])[] = [
  [
    "/history.atom, /history.rss, /feed.json",
    "Incidents and maintenance as feeds; the same below /components/<id>/ and /incidents/<slug>/.",
  ],
  ["/reports.atom, /reports.rss, /reports.json", "Incident reports alone."],
  ["/calendar.ics", "Planned maintenance for calendars; of one component below /components/<id>/."],
  [
    "/badge.svg?style=flat",
    "The state as a picture, also plastic and for-the-badge; of one component below /components/<id>/.",
  ],
  [
    "/embed.js, /embed, /oembed?url=…",
    "A banner for other sites: as a script, as a frame, and for programs that make one from an address.",
  ],
  ["/incidents/<slug>.md", "An incident as the Markdown it is written in; also by “Accept: text/markdown”."],
  ["/llms.txt, /sitemap.xml", "What there is, for language models and search engines."],
];

/** What a copy of the site as files cannot have. */
const LIVE: readonly (readonly [string, string])[] = [
  [
    "/live?components=<id>,<id>",
    "Server-sent events of what changes, as it happens; of everything without components.",
  ],
  ["/wallboard?components=<id>,<id>", "A full-screen view for televisions that stays current by itself."],
];

export default function ApiPage() {
  const site = reader().site();
  return (
    <Frame site={site} here="/api">
      <h1>API and feeds</h1>
      <p className="lead">
        Everything here may be read from every origin, without a key. Programs made for Statuspage work unchanged: give
        them this site’s address. <a href="/api/openapi.json">OpenAPI description</a>
      </p>
      <section aria-labelledby="answers">
        <h2 id="answers">Answers</h2>
        {answersOf(site).map(({ path, address, about, example }) => (
          <details key={path} className="api-answer">
            <summary>
              <code>{path}</code> <span>{about}</span>
            </summary>
            <p>
              <a href={address}>{address}</a>, shortened to one of each:
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it */}
            <pre tabIndex={0}>
              <code>{example}</code>
            </pre>
          </details>
        ))}
      </section>
      <section aria-labelledby="objects">
        <h2 id="objects">Objects</h2>
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
                    <span>{field.isOptional ? `${field.type}; may be absent` : field.type}</span>
                    {field.about === "" ? null : ` ${field.about}`}
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        ))}
      </section>
      <section aria-labelledby="others">
        <h2 id="others">Feeds and other forms</h2>
        <dl className="api-others">
          {[...OTHERS, ...(reader().told ? LIVE : [])].map(([address, about]) => (
            <div key={address}>
              <dt>
                <code>{address}</code>
              </dt>
              <dd>{about}</dd>
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
  const lists = ANSWERS.map(({ path, about, of }) => ({ path, address: path, about, example: exampleOf(of(site)) }));
  if (!event) return lists;
  return [
    ...lists,
    {
      path: "/api/v2/incidents/<id>.json",
      address: `/api/v2/incidents/${event.id}.json`,
      about: "One incident or maintenance.",
      example: exampleOf(incidentAnswer(event, site)),
    },
    {
      path: "/incidents/<slug>.json",
      address: `/incidents/${event.slug}.json`,
      about: "One incident or maintenance with all that is known of it; also by “Accept: application/json”.",
      example: exampleOf(documentOf(event, site)),
    },
  ];
}
