import { Document } from "yaml";

export interface NewComponent {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  readonly description?: string;
  /** The date it began to exist. */
  readonly since?: string;
}

/** `site.yaml` as it is to be written. */
export interface NewSite {
  readonly name: string;
  readonly url: string;
  readonly description?: string;
  readonly timezone: string;
  readonly locale: string;
  readonly components: readonly NewComponent[];
}

export function writeSite({ components, ...site }: NewSite): string {
  const head = new Document(site).toString({ lineWidth: 110 });
  if (components.length === 0) return head;
  const list = new Document({ components }).toString({ lineWidth: 0 });
  return `${head}\n${list}`;
}
