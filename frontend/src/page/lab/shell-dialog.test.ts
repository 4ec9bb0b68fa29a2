import { afterEach, beforeEach, expect, it } from "vitest";
import "./shell-dialog";
import { store } from "../../kit/preferences";
import type { ShellDialog } from "./shell-dialog";

let element: ShellDialog;

beforeEach(async () => {
  store("nslab.shell", null);
  element = document.createElement("nslab-shell-dialog") as ShellDialog;
  document.body.append(element);
  await element.updateComplete;
  element.open();
  await element.updateComplete;
});
afterEach(() => {
  element.remove();
  store("nslab.shell", null);
});

const find = <E extends HTMLElement>(testid: string) => element.querySelector<E>(`[data-testid="${testid}"]`) as E;
const command = () => find("shell-command").textContent;

async function tick(testid: string): Promise<void> {
  find<HTMLInputElement>(testid).click();
  await element.updateComplete;
}

it("makes a command of what is ticked, and ticks what an option brings with it", async () => {
  expect(command()).toBe("unshare -p -u -f --mount-proc bash");
  expect(find<HTMLInputElement>("shell-mnt").checked).toBe(true);
  expect(find<HTMLInputElement>("shell-mnt").disabled).toBe(true);
  await tick("shell-net");
  await tick("shell-map-root");
  expect(command()).toBe("unshare -p -u -n -f --mount-proc -r bash");
});

it("warns of a PID namespace without a child", async () => {
  await tick("shell-fork");
  await tick("shell-mount-proc");
  expect(command()).toBe("unshare -p -u bash");
  expect(find("shell-warnings").textContent).toContain("Cannot allocate memory");
});

it("runs the command, and remembers the choice", async () => {
  await tick("shell-ipc");
  const commands: unknown[] = [];
  element.addEventListener("lab-shell", (event) => commands.push((event as CustomEvent).detail));
  element.querySelector("form")?.dispatchEvent(new Event("submit"));
  expect(commands).toEqual([["unshare", "-p", "-u", "-i", "-f", "--mount-proc", "bash"]]);
  element.open();
  await element.updateComplete;
  expect(command()).toBe("unshare -p -u -i -f --mount-proc bash");
});
