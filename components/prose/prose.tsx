import { languageOfContent } from "#lib/messages/messages.ts";
import type { Site } from "#lib/model/site.ts";

interface ProseProps {
  readonly html: string;
  readonly site: Site;
}

/** Text that an author wrote, as sanitised HTML: the only place where a page takes HTML as it comes. */
export function Prose({ html, site }: ProseProps) {
  const lang = languageOfContent(site.config.locale);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it comes from markdownToHtml, which sanitises everything
  return <div className="prose" lang={lang} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
