package dev.nslab.outcome;

import dev.nslab.namespace.SandboxProcess;
import dev.nslab.sandbox.Call;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Outcomes of kill(2): the target is gone, or it lives on and this signal will never end it. */
final class KillOutcomes {

    /** Signals that by default are ignored, or stop or continue a process. */
    private static final Set<String> HARMLESS =
            Set.of("SIG0", "SIGCHLD", "SIGCONT", "SIGURG", "SIGWINCH", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU");

    private static final Set<String> IDLE = Set.of("SIG0", "SIGCHLD", "SIGURG", "SIGWINCH");

    private KillOutcomes() {}

    static List<Outcome> of(Window window) {
        return window.pending(one -> one.target() != null).stream()
                .flatMap(one -> of(one, Objects.requireNonNull(one.target()), window).stream())
                .toList();
    }

    private static Optional<Outcome> of(Pending one, int pid, Window window) {
        Optional<SandboxProcess> target = one.before().living(pid);
        Optional<SandboxProcess> after = window.now().living(pid);
        if (target.isEmpty()) {
            return Optional.empty();
        }
        if (after.isEmpty()) {
            return mayEnd(one, target.get()) && !others(one, pid, window)
                    ? Optional.of(Outcome.of(one, "ended"))
                    : Optional.empty();
        }
        return one.hasSettled(window.now()) && one.hasReturned(window.now()) && livesOn(one, after.get())
                ? Optional.of(Outcome.none(one))
                : Optional.empty();
    }

    private static String signal(Pending one) {
        return Objects.requireNonNull(one.call().kill()).signal();
    }

    private static boolean mayEnd(Pending one, SandboxProcess target) {
        return !isDeaf(one, target) && (target.caught().contains(signal(one)) || !HARMLESS.contains(signal(one)));
    }

    /** Whether another signal may have ended the target; SIGKILL takes precedence over all others. */
    private static boolean others(Pending one, int pid, Window window) {
        Stream<Pending> rivals = window
                .pending(other -> !other.equals(one)
                        && Objects.equals(other.target(), pid)
                        && one.before()
                                .living(pid)
                                .filter(target -> mayEnd(other, target))
                                .isPresent())
                .stream();
        return signal(one).equals("SIGKILL")
                ? rivals.anyMatch(other -> signal(other).equals("SIGKILL"))
                : rivals.findAny().isPresent();
    }

    /** Whether the kernel discards the signal. */
    private static boolean isDeaf(Pending one, SandboxProcess target) {
        return target.ignored().contains(signal(one))
                || (isInit(target) && !target.caught().contains(signal(one)) && !isForced(one.call(), target));
    }

    private static boolean isInit(SandboxProcess process) {
        return process.pids().getLast() == 1;
    }

    /**
     * SIGKILL and SIGSTOP take effect on an init only if they come from outside its PID namespace (pid_namespaces(7)).
     */
    private static boolean isForced(Call call, SandboxProcess target) {
        Long inside = target.namespaces().get("pid");
        boolean fromOutside = inside != null && inside != call.namespace();
        String signal = Objects.requireNonNull(call.kill()).signal();
        return fromOutside && (signal.equals("SIGKILL") || signal.equals("SIGSTOP"));
    }

    /**
     * Whether the target survives this signal for certain. It is uncertain what a handler does, and what happens once a
     * signal is no longer blocked.
     */
    private static boolean livesOn(Pending one, SandboxProcess target) {
        String signal = signal(one);
        if (target.caught().contains(signal) || target.blocked().contains(signal)) {
            return false;
        }
        boolean wouldBeDead = target.state().equals("S") && !HARMLESS.contains(signal);
        return isDeaf(one, target) || IDLE.contains(signal) || wouldBeDead;
    }
}
