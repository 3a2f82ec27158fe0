const LONGEST = 120;

/** Letters that Unicode does not take apart into a plain letter and an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ð: "d",
  þ: "th",
  ł: "l",
  ı: "i",
  ħ: "h",
  ŋ: "n",
};

/** A name in small letters, digits and hyphens; empty when nothing of it can be written so. */
export function slugOf(name: string): string {
  return name
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^ -~]/g, (letter) => PLAIN[letter] ?? letter)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** Gives each name a slug of its own: a second use of one gets `-2`. */
export class Slugs {
  readonly #taken = new Set<string>();

  /** @param otherwise used when nothing of `name` can be written in a slug */
  take(name: string, otherwise: string): string {
    const wished = cut(slugOf(name) || otherwise, LONGEST);
    let slug = wished;
    for (let count = 2; this.#taken.has(slug); count += 1) slug = `${cut(wished, LONGEST - 5)}-${count}`;
    this.#taken.add(slug);
    return slug;
  }
}

function cut(slug: string, most: number): string {
  return slug.slice(0, most).replace(/-+$/, "");
}
