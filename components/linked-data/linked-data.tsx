/** Data for search engines, made by lib/site/views/linked-data.ts. */
export function LinkedData({ json }: { readonly json: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: every letter that could end the element is written as an escape
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}
