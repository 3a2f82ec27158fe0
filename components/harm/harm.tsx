import type { ReactNode } from "react";
import { Fragment } from "react";
import { messagesIn } from "#lib/messages/messages.ts";
import type { Harm } from "#lib/model/incident.ts";
import type { Site } from "#lib/model/site.ts";
import type { AnyEvent } from "#lib/site/views/history.ts";
import { Sentence } from "../sentence/sentence.tsx";
import { Time } from "../time/time.tsx";

interface HarmProps {
  readonly event: AnyEvent;
  readonly site: Site;
}

/** “Was it me?”: a row for each group of customers, with what they saw, where and when, and what to do now. */
export function HarmSection({ event, site }: HarmProps) {
  const { harm = [] } = event;
  if (harm.length === 0) return null;
  const { harm: words } = messagesIn(site.config.locale);
  return (
    <section className="harm" aria-labelledby="harm">
      <h2 id="harm">{words.title}</h2>
      <ul>
        {harm.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be alike, and their order never changes
          <HarmRow key={index} row={row} site={site} />
        ))}
      </ul>
    </section>
  );
}

function HarmRow({ row, site }: { readonly row: Harm; readonly site: Site }) {
  const { harm: words } = messagesIn(site.config.locale);
  const { who, saw, share, do: remedy } = row;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ...(saw === undefined ? [] : [[words.saw, saw] as const]),
    ...(share === undefined ? [] : [[words.share, share === "all" ? words.all : share] as const]),
    ...(row.component === undefined && row.region === undefined ? [] : [[words.where, placeOf(row, site)] as const]),
    ...(row.from || row.to ? [[words.when, <Period key="when" row={row} site={site} />] as const] : []),
    ...(remedy === undefined ? [] : [[words.now, remedy === "nothing" ? words.nothing : remedy] as const]),
  ];
  return (
    <li>
      <h3>{who}</h3>
      <dl>
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </li>
  );
}

function placeOf({ component, region }: Harm, { config }: Site): string {
  const { harm: words } = messagesIn(config.locale);
  const part = config.components.find(({ id }) => id === component)?.name ?? component;
  const place = config.regions?.find(({ id }) => id === region)?.name ?? region;
  if (part === undefined) return place ?? "";
  return place === undefined ? part : words.place({ component: part, region: place });
}

function Period({ row: { from, to }, site }: { readonly row: Pick<Harm, "from" | "to">; readonly site: Site }) {
  const { harm: words } = messagesIn(site.config.locale);
  const [begin, end] = [from && <Time when={from} site={site} />, to && <Time when={to} site={site} />];
  if (begin && end) return <Sentence>{words.period({ from: begin, to: end })}</Sentence>;
  if (begin) return <Sentence>{words.since({ from: begin })}</Sentence>;
  return <Sentence>{words.until({ to: end })}</Sentence>;
}
