import { expect, test } from "vitest";
import type { Card } from "#lib/site/views/card.ts";
import { drawCard } from "#lib/web/card/draw-card.ts";

const card = (title: string): Card => ({
  name: "Lumen",
  locale: "en",
  host: "status.lumen.example",
  title,
  state: "Resolved",
  colour: "#0a7d33",
  when: "1 May",
});

test("a card is drawn once however many ask for it, beside the thread that answers", async () => {
  let rounds = 0;
  const counting = setInterval(() => {
    rounds += 1;
  }, 1);
  const asked = Array.from({ length: 6 }, (_, n) => drawCard(card(`Title ${n % 2}`)));
  const pictures = await Promise.all(asked);
  clearInterval(counting);
  expect(rounds).toBeGreaterThan(20);
  expect(new Set(pictures).size).toBe(2);
  expect(
    Buffer.from(pictures[0] ?? [])
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
  expect(await drawCard(card("Title 0"))).toBe(pictures[0]);
});

test("what waits is bounded, and what cannot be drawn holds up nothing", async () => {
  const broken = expect(drawCard({ ...card("x"), colour: 7 } as unknown as Card)).rejects.toThrow("could not be drawn");
  const waiting = Array.from({ length: 99 }, (_, n) => drawCard({ ...card(`No ${n}`), colour: {} } as unknown as Card));
  const settled = Promise.allSettled(waiting);
  expect(await drawCard(card("One too many"))).toBeUndefined();
  await broken;
  await settled;
  expect(await drawCard(card("After"))).toBeInstanceOf(Uint8Array);
});
