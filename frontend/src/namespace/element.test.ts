import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Process } from "../wire/snapshot";
import type { NamespacesElement } from "./element";
import "./element";
import { namespace, process, snapshot } from "../wire/snapshot.test-data";

const hostile = {
  markup: '<img src=x onerror="document.title=1">',
  controls: "\u001b[31m\u0000\u0007\u202e\u2066gnp.exe",
  long: "a".repeat(4096),
};

describe("<nslab-namespaces>", () => {
  let element: NamespacesElement;

  beforeEach(() => {
    element = document.createElement("nslab-namespaces") as NamespacesElement;
    document.body.append(element);
  });
  afterEach(() => element.remove());

  async function show(processes: Process[], namespaces = [namespace("pid", 200, { parent: 100 })]): Promise<void> {
    element.snapshot = snapshot(processes, namespaces);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await element.updateComplete;
  }

  const row = (pid: number) => element.querySelector<HTMLElement>(`[data-testid="process"][data-pid="${pid}"]`);

  it("begins each row with the PID in its box, and ends it with the PIDs outside", async () => {
    await show([process([9], 2, "unshare", { pid_for_children: 200 }), process([10, 1], 9, "bash", { pid: 200 })]);
    expect(row(10)?.querySelector(".pid")?.textContent).toBe("1");
    expect(row(10)?.querySelector(".outside")?.textContent).toBe("10");
    expect(row(10)?.dataset.pids).toBe("10 1");
    expect(row(10)?.closest<HTMLElement>("[data-testid='pid-namespace']")?.dataset.inode).toBe("200");
    expect(row(9)?.querySelector("[data-type='children']")?.textContent).toBe("children → pid 200");
  });

  it("shows hostile names as text and nothing else", async () => {
    const processes = Object.values(hostile).map((name, index) => ({ ...process([20 + index], 2, name), arguments: [name] }));
    await show(processes, [namespace("uts", 101, { hostname: hostile.markup })]);
    expect(element.querySelector("img")).toBeNull();
    expect(row(20)?.querySelector(".command")?.textContent).toBe(hostile.markup);
    expect(row(21)?.querySelector(".command")?.textContent).toBe("[31mgnp.exe");
    expect(row(22)?.querySelector(".command")?.textContent?.length).toBeLessThanOrEqual(80);
  });

  it("opens the lens by click and by Enter, and closes it by Escape", async () => {
    await show([process([9], 2, "unshare", { pid_for_children: 200 }), process([10, 1], 9, "bash", { pid: 200 })]);
    row(10)?.click();
    await element.updateComplete;
    const numbers = [...element.querySelectorAll(".levels .number")].map((number) => number.textContent);
    expect(numbers).toEqual(["10", "1"]);
    row(10)?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    await element.updateComplete;
    expect(element.querySelector("[data-testid='lens']")).toBeNull();
    row(9)?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    await element.updateComplete;
    expect(element.querySelector<HTMLElement>("[data-testid='lens']")?.dataset.pid).toBe("9");
  });

  it("keeps rows in place while others come and go", async () => {
    await show([process([30], 2, "sleep")]);
    const before = row(30);
    await show([process([25], 2, "top"), process([30], 2, "sleep")]);
    expect(row(30)).toBe(before);
    expect(row(25)?.hasAttribute("data-fresh")).toBe(true);
    expect(row(30)?.hasAttribute("data-fresh")).toBe(false);
  });

  it("has one item in the tab order, from which arrow keys lead on", async () => {
    await show([process([30], 2, "sleep")]);
    const stops = () => [...element.querySelectorAll<HTMLElement>("[data-key]")].filter((item) => item.tabIndex === 0);
    expect(stops()).toHaveLength(1);
    stops()[0]?.focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"])
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    expect((document.activeElement as HTMLElement).dataset.pid).toBe("1");
    expect(stops()).toEqual([document.activeElement]);
  });

  it("says for which processes ps lies", async () => {
    await show([{ ...process([10, 1], 2, "bash", { pid: 200 }), procMount: "foreign" }]);
    expect(row(10)?.querySelector("[data-testid='foreign-proc']")).not.toBeNull();
  });

  it("shows the same facts as a table", async () => {
    await show([process([10, 1], 2, "bash", { pid: 200 })]);
    element.view = "table";
    await element.updateComplete;
    const cells = [...(element.querySelector("tr[data-pid='10']")?.querySelectorAll("td.inode") ?? [])].map((cell) =>
      cell.textContent?.trim(),
    );
    expect(cells).toEqual(["200", "101", "102", "103", "104", "105", "106", "107"]);
  });
});
