import { expect, it } from "vitest";
import { SizeOwner } from "./size-owner";

const mine = { cols: 100, rows: 30 };
const theirs = { cols: 80, rows: 24 };

it("takes a size that this page has not asked for as another viewer's", () => {
  const owner = new SizeOwner();
  owner.ask(mine);
  owner.told(mine);
  expect(owner.foreign).toBeUndefined();
  owner.told(theirs);
  expect(owner.foreign).toEqual(theirs);
});

it("does not take late answers to its own quick changes for another viewer's", () => {
  const owner = new SizeOwner();
  const later = { cols: 120, rows: 40 };
  owner.ask(mine);
  owner.ask(later);
  owner.told(mine);
  owner.told(later);
  expect(owner.foreign).toBeUndefined();
});

it("asks once for the same size, and again after a claim", () => {
  const owner = new SizeOwner();
  expect(owner.ask(mine)).toBe(true);
  expect(owner.ask(mine)).toBe(false);
  owner.told(mine);
  owner.told(theirs);
  owner.claim();
  expect(owner.foreign).toBeUndefined();
  expect(owner.ask(mine)).toBe(true);
});

it("takes the size after a reconnect for its own only if it was so before", () => {
  const owner = new SizeOwner();
  owner.attached(theirs);
  expect(owner.foreign).toEqual(theirs);
  owner.claim();
  owner.ask(mine);
  owner.attached(mine);
  expect(owner.foreign).toBeUndefined();
  owner.attached(theirs);
  expect(owner.foreign).toEqual(theirs);
});
