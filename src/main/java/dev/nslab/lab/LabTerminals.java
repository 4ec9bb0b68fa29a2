package dev.nslab.lab;

import dev.nslab.lab.wire.TerminalView;
import dev.nslab.sandbox.Sandbox;
import dev.nslab.sandbox.SandboxException;
import dev.nslab.sandbox.SandboxException.Problem;
import dev.nslab.sandbox.SandboxListener;
import dev.nslab.sandbox.ShellRequest;
import dev.nslab.terminal.ReplayMemory;
import dev.nslab.terminal.TerminalSession;
import dev.nslab.terminal.Terminals;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The terminals of one lab, in the order in which they were opened. One whose shell has ended stays until it is closed.
 */
final class LabTerminals implements SandboxListener {

    private final Sandbox sandbox;
    private final Terminals terminals;
    private final Runnable printed;
    private final Runnable changed;
    private final TerminalNames names;
    private final ReplayMemory memory;
    private final List<TerminalSession> all = new CopyOnWriteArrayList<>();

    /**
     * @param printed called at each output, thousands of times a second; must not block
     * @param changed called when a terminal was opened or closed, or has ended; must not block
     */
    LabTerminals(Sandbox sandbox, Terminals terminals, Runnable printed, Runnable changed) {
        this.sandbox = sandbox;
        this.terminals = terminals;
        this.printed = printed;
        this.changed = changed;
        this.memory = terminals.memory();
        this.names = new TerminalNames(sandbox.limits().terminals());
    }

    TerminalSession open(ShellRequest request) throws SandboxException, IOException {
        String name = takeName();
        int init = sandbox.init();
        TerminalSession terminal;
        try {
            terminal = terminals.open(sandbox, name, request, memory, printed);
        } catch (SandboxException | IOException | RuntimeException e) {
            names.free(name);
            throw e;
        }
        all.add(terminal);
        if (sandbox.init() != init || sandbox.state() != Sandbox.State.RUNNING) {
            close(terminal);
            throw new SandboxException(Problem.BUSY, "The sandbox was reset in the meantime. Try again.");
        }
        var _ = terminal.exit().thenRun(changed);
        changed.run();
        return terminal;
    }

    Optional<TerminalSession> find(String id) {
        return stream().filter(terminal -> terminal.id().equals(id)).findFirst();
    }

    /** The terminal with that number, if its shell runs. */
    Optional<TerminalSession> named(int number) {
        String name = TerminalNames.of(number);
        return stream()
                .filter(terminal -> terminal.name().equals(name) && terminal.exitStatus() == null)
                .findFirst();
    }

    Stream<TerminalSession> stream() {
        return all.stream();
    }

    List<TerminalView> views() {
        return stream().map(TerminalView::of).toList();
    }

    Map<Integer, String> namesByShell() {
        return stream().collect(Collectors.toMap(TerminalSession::pid, TerminalSession::name, (older, newer) -> newer));
    }

    void close(TerminalSession terminal) {
        if (all.remove(terminal)) {
            terminal.close();
            names.free(terminal.name());
            changed.run();
        }
    }

    void closeAll() {
        stream().forEach(this::close);
    }

    @Override
    public void onStateChange() {
        if (sandbox.state() == Sandbox.State.RESETTING) {
            closeAll();
        }
    }

    boolean isWatched() {
        return stream().anyMatch(terminal -> terminal.viewers() > 0);
    }

    /** @param nanoTime a value of System.nanoTime() */
    boolean isTypedInSince(long nanoTime) {
        return stream().anyMatch(terminal -> terminal.lastInput() - nanoTime >= 0);
    }

    /**
     * When all names are taken, closes the oldest terminal whose shell has ended, because nobody can type into it any
     * more.
     */
    private String takeName() {
        if (names.isFull()) {
            stream()
                    .filter(terminal -> terminal.exitStatus() != null)
                    .findFirst()
                    .ifPresent(this::close);
        }
        return names.take();
    }
}
