import { languageOfContent } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";
import type { AnyEvent } from "#lib/site/views/history.ts";

interface TitleProps {
  readonly event: Pick<AnyEvent, "title">;
  readonly site: Site;
}

/** The title of an event, in whatever direction and language it was written. */
export function Title({ event, site }: TitleProps) {
  return <bdi lang={languageOfContent(site.config.locale)}>{event.title}</bdi>;
}
