import type { Components } from "../components.ts";
import type { NewEntry } from "../entry-file.ts";
import type { Front } from "../front/front.ts";
import type { Note } from "../imported.ts";
import { IMPACT_OF, readSeverity } from "../words.ts";
import type { Course } from "./course.ts";

/** What cState and its forebears call them. */
const SEVERITY = ["severity", "max_severity"];
const AFFECTED = ["affected", "affectedsystems"];

/** What it does to which components: the severity, unless the page is an announcement or planned work. */
export function effectsOf(
  front: Front,
  { isMaintenance }: Course,
  components: Components,
  note: Note,
): Pick<NewEntry, "impact" | "components"> {
  const line = front.line(...SEVERITY);
  const written = front.text(...SEVERITY);
  const { value: effect, fault } = readSeverity(written);
  if (fault !== undefined) note(`severity: ${written}`, fault, line);
  const names = front.texts(...AFFECTED);
  const ids = [...new Set(names.flatMap((name) => components.idsOf(name, note, front.line(...AFFECTED))))];
  if (isMaintenance) {
    const isLost = effect === "major_outage" || effect === "partial_outage";
    if (isLost) note(`severity: ${written}`, "a maintenance has none; its components are under maintenance", line);
    return { components: ids };
  }
  if (front.truth("informational")) return { impact: "none", components: ids };
  if (effect === undefined) {
    if (written === "") note("no severity", "carried with impact none", front.line("title"));
    return { impact: "none", components: ids };
  }
  if (ids.length === 0) return { impact: IMPACT_OF[effect], components: [] };
  return { components: Object.fromEntries(ids.map((id) => [id, effect])) };
}
