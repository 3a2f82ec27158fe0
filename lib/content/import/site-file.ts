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
  /** Under what programs know the page and what is on it. */
  readonly former_ids?: {
    readonly page?: string;
    readonly components?: Readonly<Record<string, string>>;
    readonly groups?: Readonly<Record<string, string>>;
  };
}

export function writeSite({ components, former_ids, ...site }: NewSite): string {
  const head = new Document(site).toString({ lineWidth: 110 });
  const list = components.length === 0 ? "" : `\n${new Document({ components }).toString({ lineWidth: 0 })}`;
  const ids = former_ids === undefined ? "" : `\n${new Document({ former_ids }).toString({ lineWidth: 0 })}`;
  return head + list + ids;
}
