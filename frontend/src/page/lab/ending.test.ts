import { afterEach, beforeEach, expect, it, vi } from "vitest";
import "./ending";
import { text } from "../shared/messages";
import type { Ending } from "./ending";

let element: Ending;

beforeEach(async () => {
  vi.useFakeTimers();
  element = document.createElement("nslab-ending") as Ending;
  document.body.append(element);
  await element.updateComplete;
});
afterEach(() => {
  element.remove();
  vi.useRealTimers();
});

const words = () => element.querySelector("[role=status] strong")?.textContent;
const button = () => element.querySelector<HTMLButtonElement>("button");

async function warn(seconds: number | null): Promise<void> {
  element.seconds = seconds;
  await element.updateComplete;
}

it("says nothing while the end is far away", async () => {
  expect(words()).toBeUndefined();
  expect(button()).toBeNull();
  await warn(300);
  await warn(null);
  expect(words()).toBeUndefined();
  expect(button()).toBeNull();
});

it("counts down in whole minutes", async () => {
  await warn(290);
  expect(words()).toBe(text("endsInMinutes", 5));
  vi.advanceTimersByTime(60_000);
  await element.updateComplete;
  expect(words()).toBe(text("endsInMinutes", 4));
  vi.advanceTimersByTime(180_000);
  await element.updateComplete;
  expect(words()).toBe(text("endsSoon"));
});

it("asks for an extension once", async () => {
  const asked = vi.fn();
  document.addEventListener("lab-extend", asked, { once: true });
  await warn(30);
  button()?.click();
  expect(asked).toHaveBeenCalledOnce();
  element.busy = true;
  await element.updateComplete;
  expect(button()?.disabled).toBe(true);
});
