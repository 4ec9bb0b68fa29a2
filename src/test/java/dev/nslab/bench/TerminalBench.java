package dev.nslab.bench;

/** Opening terminals and typing into them. */
final class TerminalBench {
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 300;

    private final LabClient lab;

    TerminalBench(LabClient lab) {
        this.lab = lab;
    }

    Samples sandboxAndFirstPrompt() throws Exception {
        return Samples.of(WARM_UP, ROUNDS, () -> {
            long start = System.nanoTime();
            String sandbox = lab.newSandbox();
            LabClient.Terminal terminal = lab.openReady(sandbox);
            double took = Samples.since(start);
            terminal.socket().abort();
            lab.endSandbox(sandbox);
            return took;
        });
    }

    Samples furtherTerminal() throws Exception {
        String sandbox = lab.newSandbox();
        Samples samples = Samples.of(WARM_UP, ROUNDS, () -> {
            long start = System.nanoTime();
            LabClient.Terminal terminal = lab.openReady(sandbox);
            double took = Samples.since(start);
            lab.close(terminal);
            return took;
        });
        lab.endSandbox(sandbox);
        return samples;
    }

    /** The echo comes from the kernel's line discipline, because the program reads nothing. */
    Samples echo() throws Exception {
        String sandbox = lab.newSandbox();
        LabClient.Terminal terminal = lab.openReady(sandbox);
        terminal.line().forget();
        terminal.type("cat > /dev/null\r");
        terminal.line().await("/dev/null\r\n");
        Samples samples = Samples.of(WARM_UP, ROUNDS, () -> {
            terminal.line().forget();
            long start = System.nanoTime();
            terminal.type("x");
            return (terminal.line().await("x") - start) / 1e6;
        });
        lab.endSandbox(sandbox);
        return samples;
    }
}
