import type { Terminal } from "@xterm/xterm";

const pause = 150;
const most = 2000;

/** Resolves when the terminal has drawn nothing new for a moment, or after a time limit if it never stops. */
export async function quiet(terminal: Pick<Terminal, "onWriteParsed">): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      clearTimeout(limit);
      listening.dispose();
      resolve();
    };
    let timer = setTimeout(done, pause);
    const limit = setTimeout(done, most);
    const listening = terminal.onWriteParsed(() => {
      clearTimeout(timer);
      timer = setTimeout(done, pause);
    });
  });
}
