/** What every importer takes and gives: files in, a Candor content folder out, and an honest account of the difference. */
import type { Remark } from "#lib/model/remark.ts";

/** A file of the site that is moved in. */
export interface ForeignFile {
  /** Relative to the root that was given, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Notes a remark about the file at hand. */
export type Note = (what: string, reason: string, line?: number) => void;

/** Says nothing: for a second look at a file whose remarks are known. */
export const unsaid: Note = () => undefined;

export interface Imported {
  /** `site.yaml` and the incident files, by paths inside the content folder. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Pictures, beside the incidents that show them. */
  readonly assets: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** In order of file and line, none twice. */
  readonly remarks: readonly Remark[];
  readonly counts: {
    /** Files given. */
    readonly read: number;
    readonly incidents: number;
    readonly maintenance: number;
    readonly updates: number;
    /** Times of the source that stand in the result. */
    readonly times: number;
    readonly components: number;
  };
}
