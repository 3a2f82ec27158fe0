import { slugOf } from "../author/slug.ts";

const LONGEST = 120;

/** Gives each name a slug of its own: a second use of one gets `-2`. */
export class Slugs {
  readonly #taken = new Set<string>();
  readonly #longest: number;

  constructor(longest = LONGEST) {
    this.#longest = longest;
  }

  /** @param otherwise used when nothing of `name` can be written in a slug */
  take(name: string, otherwise: string): string {
    const wished = cut(slugOf(name) || otherwise, this.#longest);
    let slug = wished;
    for (let count = 2; this.#taken.has(slug); count += 1) slug = `${cut(wished, this.#longest - 5)}-${count}`;
    this.#taken.add(slug);
    return slug;
  }
}

function cut(slug: string, most: number): string {
  return slug.slice(0, most).replace(/-+$/, "");
}
