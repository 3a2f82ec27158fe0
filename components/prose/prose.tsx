/** Text that an author wrote, as sanitised HTML: the only place where a page takes HTML as it comes. */
export function Prose({ html, id }: { readonly html: string; readonly id?: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: it comes from markdownToHtml, which sanitises everything
  return <div className="prose" id={id} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}
