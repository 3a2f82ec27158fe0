import { scaleLinear } from "d3-scale";
import type { ElementContent } from "hast";
import { h, s } from "hastscript";
import { durationInWords, type Manner, timeForMachines, timeInWords } from "#lib/calendar/words.ts";
import { type Messages, messagesIn } from "#lib/messages/messages.ts";
import { isEnding, neverBegan } from "#lib/model/course.ts";
import type { Incident, Maintenance } from "#lib/model/site.ts";
import { type Duration, earliest, type When } from "#lib/model/time.ts";
import { updateLabel } from "./words.ts";

/** One moment of the story, as the figure marks it. */
interface Moment {
  readonly when: When;
  readonly label: string;
  /** From the start; absent for the start itself, and where only dates are known. */
  readonly after?: Duration;
}

/** Share of the figure's width that the time from start to end takes; what came later stands in the rest. */
const MAIN_SHARE = 86;

/** Marks nearer to each other than this, in per cent of the width, are set one below the other: on a telephone they touch. */
const CROWDED = 8;

const ROW_PX = 22;

/**
 * The timeline of an event as a figure: a bar drawn to scale with numbered marks, and the list they stand for. Where
 * times are known only as dates there is no scale to draw to, and the list stands alone, as it does where our styles are not.
 */
export function timelineFigure(
  event: Incident | Maintenance,
  manner: Manner,
  form: "drawn" | "list" = "drawn",
): ElementContent[] {
  const t = messagesIn(manner.locale);
  const { figure, time } = t;
  const moments = momentsOf(event, t);
  const list = h(
    "ol",
    { className: ["timeline-list"] },
    moments.map(({ when, label, after }) =>
      h("li", [
        h("strong", label),
        " ",
        h(
          "time",
          {
            dateTime: timeForMachines(when),
            ...(when.kind === "instant" ? { dataForm: "full" } : {}),
            ...(when.approximate ? { dataAbout: time.about({ time: "{time}" }) } : {}),
          },
          timeInWords(when, manner),
        ),
        after ? h("span", { className: ["quiet"] }, ` +${durationInWords(after, manner.locale, "short")}`) : "",
      ]),
    ),
  );
  const caption = h("figcaption", figure.scale);
  const isExact = moments.every(({ when }) => when.kind === "instant");
  const drawn = form === "drawn" && isExact && event.ended ? [drawing(event, moments)] : [];
  return [...drawn, list, drawn.length > 0 ? caption : h("figcaption", isExact ? figure.plain : figure.byDate)];
}

function momentsOf(event: Incident | Maintenance, t: Messages): Moment[] {
  const { figure } = t;
  const isIncident = event.kind === "incident";
  const marks: { when: When; label: string }[] = [
    { when: event.started, label: isIncident ? figure.began : hasBegun(event) ? figure.workBegan : figure.workToBegin },
  ];
  if (isIncident && event.detected) marks.push({ when: event.detected, label: figure.detected });
  for (const update of event.updates) {
    const label =
      update.isAfterEnd && update.status === "update" && !update.isCorrection
        ? figure.lateUpdate
        : updateLabel(update, t);
    marks.push({ when: update.at, label });
  }
  const { ended } = event;
  if (ended && !event.updates.some(({ at, status }) => isSameTime(at, ended) && isEnding(status))) {
    marks.push({ when: ended, label: isIncident ? figure.over : figure.workEnded });
  }
  return merged(
    marks.sort((a, b) => earliest(a.when) - earliest(b.when)),
    figure,
  ).map((moment) => ({
    ...moment,
    ...since(event.started, moment.when),
  }));
}

function hasBegun(event: Maintenance): boolean {
  return event.status !== "scheduled" && !neverBegan(event);
}

/** What happened at one and the same time is one moment. */
function merged(
  marks: readonly { when: When; label: string }[],
  { together }: Messages["figure"],
): { when: When; label: string }[] {
  const moments: { when: When; label: string }[] = [];
  for (const mark of marks) {
    const last = moments.at(-1);
    if (last && isSameTime(last.when, mark.when))
      last.label = together({ first: last.label, second: mark.label.toLowerCase() });
    else moments.push({ ...mark });
  }
  return moments;
}

function since(from: When, when: When): { after?: Duration } {
  if (from.kind !== "instant" || when.kind !== "instant" || when.at <= from.at) return {};
  return { after: { ms: when.at - from.at, approximate: when.approximate || from.approximate } };
}

function isSameTime(a: When, b: When): boolean {
  return timeForMachines(a) === timeForMachines(b);
}

function drawing(event: Incident | Maintenance, moments: readonly Moment[]): ElementContent {
  const start = earliest(event.started);
  const end = event.ended ? earliest(event.ended) : start;
  const scale = scaleLinear([start, Math.max(end, start + 1)], [2, MAIN_SHARE]).clamp(true);
  const later = moments.filter(({ when }) => earliest(when) > end);
  const placed: { x: number; row: number }[] = [];
  for (const { when } of moments) {
    const at = earliest(when);
    const x =
      at > end
        ? MAIN_SHARE + ((later.findIndex((each) => each.when === when) + 1) / (later.length + 1)) * (100 - MAIN_SHARE)
        : scale(at);
    let row = 0;
    while (placed.some((other) => other.row === row && Math.abs(other.x - x) < CROWDED)) row += 1;
    placed.push({ x, row });
  }
  const rows = Math.max(...placed.map(({ row }) => row)) + 1;
  const percent = (x: number) => `${Number(x.toFixed(2))}%`;
  const barY = rows * ROW_PX + 6;
  return s(
    "svg",
    { className: ["timeline-drawing"], width: "100%", height: barY + 12, ariaHidden: "true", focusable: "false" },
    [
      s("line", { className: ["timeline-rest"], x1: "0", x2: "100%", y1: barY + 4, y2: barY + 4 }),
      s("rect", {
        className: ["timeline-bar"],
        x: percent(scale(start)),
        y: barY,
        width: percent(scale(end) - scale(start)),
        height: 8,
        rx: 4,
      }),
      ...placed.flatMap(({ x, row }, index) => [
        s("line", {
          className: ["timeline-stem"],
          x1: percent(x),
          x2: percent(x),
          y1: row * ROW_PX + 20,
          y2: barY + 4,
        }),
        s("circle", { className: ["timeline-dot"], cx: percent(x), cy: barY + 4, r: 4 }),
        s("circle", { className: ["timeline-mark"], cx: percent(x), cy: row * ROW_PX + 11, r: 10 }),
        s(
          "text",
          { className: ["timeline-number"], x: percent(x), y: row * ROW_PX + 15, textAnchor: "middle" },
          String(index + 1),
        ),
      ]),
    ],
  );
}
