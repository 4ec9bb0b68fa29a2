import { expect, it } from "vitest";
import { Acks } from "./acks";

it("reports handled bytes in batches, and every byte once", () => {
  const sent: number[] = [];
  const acks = new Acks((bytes) => sent.push(bytes), 100);
  for (const bytes of [60, 39, 1, 250, 99, 1]) acks.handled(bytes);
  expect(sent).toEqual([100, 250, 100]);
});
