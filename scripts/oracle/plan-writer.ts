import { type Dice, marker } from "./dice.ts";
import { type Change, IMPACTS, type Said } from "./folder.ts";

/** Texts that resemble one another, as those of real incidents do; the marker tells them apart. */
const PHRASES = [
  "We are looking into it",
  "The cause has been found and is being dealt with",
  "Requests are answered again and we keep watching",
  "Some requests still fail",
];

interface Open {
  readonly entry: string;
  readonly kind: "incident" | "maintenance";
  readonly texts: string[];
  readonly markers: string[];
  isOver: boolean;
  hasReport: boolean;
}

/** Writes incidents as people do: opens, updates and resolves them, moves maintenances, renames, rewords and lays out anew. */
export class Writer {
  latest = "";
  readonly #dice: Dice;
  #components: readonly string[];
  readonly #entries: Open[] = [];
  #markers = 0;

  constructor(dice: Dice, components: readonly string[]) {
    this.#dice = dice;
    this.#components = components;
  }

  /** What is in one publication: one change, or a few of different entries. */
  changes(): readonly Change[] {
    const dice = this.#dice;
    const first = this.#entries.length === 0 || dice.chance(0.25) ? this.#begin() : this.#goOn();
    const changes = [...first];
    if (dice.chance(0.25)) changes.push(...this.#begin());
    if (dice.chance(0.1)) changes.push(this.#past());
    if (dice.chance(0.07)) changes.push(this.#renameComponent());
    return changes;
  }

  #marker(): string {
    this.#markers += 1;
    return marker(this.#markers);
  }

  #says(status: string, into?: Open): Said {
    const word = this.#marker();
    const text = `${this.#dice.pick(PHRASES)}. ${word}`;
    into?.texts.push(text);
    into?.markers.push(word);
    return { status, text, marker: word };
  }

  #begin(): readonly Change[] {
    const dice = this.#dice;
    const title = `${this.#marker()} is slow`;
    const entry = `e${this.#entries.length + 1}-${dice.pick(["slow", "down", "odd"])}`;
    const kind = dice.chance(0.7) ? "incident" : "maintenance";
    const open: Open = { entry, kind, texts: [], markers: [], isOver: false, hasReport: false };
    this.#entries.push(open);
    this.latest = entry;
    const components = [dice.pick(this.#components), ...dice.some(this.#components, 0.3)];
    const common = { entry, title, components: [...new Set(components)] };
    if (kind === "incident") {
      const impact = dice.pick(IMPACTS.slice(1));
      return [{ change: "open", ...common, impact, says: this.#says("investigating", open) }];
    }
    const [startsIn, lasts] = [dice.between(200, 600), dice.between(20, 90)];
    return [{ change: "maintain", ...common, startsIn, lasts, says: this.#says("scheduled", open) }];
  }

  #goOn(): readonly Change[] {
    const dice = this.#dice;
    const open = dice.pick(this.#entries);
    this.latest = open.entry;
    const silent = dice.chance(0.35) ? [this.#silent(open)] : [];
    if (silent.length > 0 && dice.chance(0.5)) return silent;
    return [...silent, ...this.#loud(open)];
  }

  /** What nobody is to be told of. */
  #silent(open: Open): Change {
    const dice = this.#dice;
    const { entry } = open;
    const kind = dice.pick(["reword", "reformat", "rename"] as const);
    if (kind === "reformat") return { change: "reformat", entry };
    if (kind === "rename") {
      return { change: "rename", entry, slug: `${entry}-${this.#marker().toLowerCase()}`, redirects: dice.chance(0.7) };
    }
    const update = dice.between(0, open.texts.length - 1);
    const text = `${open.texts[update] ?? ""}, as far as we know`;
    open.texts[update] = text;
    return { change: "reword", entry, update, text };
  }

  #loud(open: Open): readonly Change[] {
    const dice = this.#dice;
    const { entry } = open;
    if (open.kind === "maintenance") {
      if (dice.chance(0.5)) return [{ change: "update", entry, says: this.#says("update", open) }];
      return [{ change: "move", entry, by: dice.between(30, 120), says: this.#says("update", open) }];
    }
    if (open.isOver) {
      if (open.hasReport) return this.#begin();
      open.hasReport = true;
      return [{ change: "report", entry, text: `## What happened\n\nA cache was full. ${this.#marker()}\n` }];
    }
    if (dice.chance(0.4)) {
      open.isOver = true;
      return [{ change: "update", entry, says: this.#says("resolved", open) }];
    }
    const says = this.#says(dice.pick(["identified", "monitoring", "update"]), open);
    const update: Change = { change: "update", entry, says };
    if (!dice.chance(0.25)) return [update];
    const components = dice.some(this.#components, 0.6);
    return [update, { change: "affect", entry, components, impact: dice.pick(IMPACTS.slice(1)) }];
  }

  #renameComponent(): Change {
    const from = this.#dice.pick(this.#components);
    const to = `${from}-${this.#marker().slice(2)}`;
    this.#components = this.#components.map((id) => (id === from ? to : id));
    return { change: "rename-component", from, to };
  }

  #past(): Change {
    const entries = Array.from({ length: this.#dice.between(1, 4) }, () => {
      const said = this.#says("resolved");
      return {
        entry: `past-${said.marker.toLowerCase()}`,
        title: `${this.#marker()} of old`,
        daysAgo: this.#dice.between(3, 400),
        says: said,
      };
    });
    return { change: "import", entries };
  }
}
