package dev.nslab.sandbox;

import dev.nslab.linux.Errno;
import java.util.List;

/** What an operator can do about a step of the helper that failed. */
final class Advice {
    private static final String USER_NAMESPACES = """
            User namespaces are not allowed to this server. Where that is set differs:
            Ubuntu 24.04: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0
            Debian before 11: sudo sysctl -w kernel.unprivileged_userns_clone=1
            all: sudo sysctl -w user.max_user_namespaces=15000
            in a container: a seccomp and an AppArmor profile that allow unshare, clone, mount and pivot_root""";

    private static final String MASKED_PROC =
            "The kernel gives a sandbox a /proc of its own only where the server's is whole. In a container start it with"
                    + " --security-opt systempaths=unconfined, and not as the container's root.";

    private static final String SUBORDINATE_IDS =
            "Install uidmap (Debian, Ubuntu) or shadow-utils (Fedora), and give the server's user ranges:"
                    + " sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER";

    private static final String NO_LISTENER =
            "Shells are watched by a seccomp listener (Linux 5.0), which this kernel, or what the server runs in, refuses. Where"
                    + " that says \"busy\", the server runs under a listener already: start it outside of a container that is"
                    + " watched so, or of another nslab.";

    private static final String NO_ROOM_FOR_BPF =
            "The machine's room for BPF programs is used up, of which it has one for all that runs on it; this was tried for some"
                    + " moments. Try again; if that does not help, find what installs so many, or give more:"
                    + " sudo sysctl -w net.core.bpf_jit_limit=1073741824";

    private static final String TOO_MANY_PROCESSES = """
            The server's user has as many processes as it may have, or the machine has. See /doctor, and raise what is lowest:
            a shell's: ulimit -u; a service's: TasksMax=; a container's: pids_limit; the machine's: kernel.pid_max""";

    private record Case(HelperStep step, List<Errno> errnos, String advice) {
        boolean fits(HelperStep failed, Errno errno) {
            return failed == step && (errnos.isEmpty() || errnos.contains(errno));
        }
    }

    /** The first that fits. */
    private static final List<Case> CASES = List.of(
            new Case(HelperStep.START, List.of(Errno.EAGAIN), TOO_MANY_PROCESSES),
            new Case(
                    HelperStep.START,
                    List.of(Errno.EACCES),
                    "Programs in memory are refused here: sudo sysctl -w vm.memfd_noexec=0"),
            new Case(HelperStep.MOUNT_PROC, List.of(Errno.EPERM), MASKED_PROC),
            new Case(HelperStep.MOUNT_PROC, List.of(Errno.EACCES), USER_NAMESPACES),
            new Case(HelperStep.MOUNT, List.of(Errno.EPERM, Errno.EACCES), USER_NAMESPACES),
            new Case(HelperStep.WRITE_SYSCTL, List.of(), MASKED_PROC),
            new Case(HelperStep.UNSHARE_OUTER, List.of(), USER_NAMESPACES),
            new Case(
                    HelperStep.CLONE_INNER,
                    List.of(Errno.ENOSPC),
                    "Too many namespaces: sudo sysctl user | grep max_ shows the limits in force."),
            new Case(HelperStep.CLONE_INNER, List.of(Errno.EAGAIN), TOO_MANY_PROCESSES),
            new Case(HelperStep.CLONE_INNER, List.of(), USER_NAMESPACES),
            new Case(HelperStep.START_MAPPER, List.of(Errno.EAGAIN), TOO_MANY_PROCESSES),
            new Case(HelperStep.RUN_MAPPER, List.of(Errno.EAGAIN), TOO_MANY_PROCESSES),
            new Case(HelperStep.RUN_MAPPER, List.of(), SUBORDINATE_IDS),
            new Case(HelperStep.INSTALL_FILTER, List.of(Errno.ENOTSUPP, Errno.ENOMEM), NO_ROOM_FOR_BPF),
            new Case(HelperStep.INSTALL_FILTER, List.of(), NO_LISTENER),
            new Case(
                    HelperStep.FORK_SHELL,
                    List.of(Errno.EAGAIN),
                    "The sandbox has as many processes as it may have: end some, or reset it. Or the server's user has: see /doctor."),
            new Case(
                    HelperStep.OPEN_TERMINAL,
                    List.of(Errno.ENOSPC),
                    "The sandbox has as many terminals as it may have: close some, or reset it. Or the machine has none left: see"
                            + " /proc/sys/kernel/pty/nr, and raise kernel.pty.max."),
            new Case(
                    HelperStep.JOIN_TERMINALS,
                    List.of(),
                    "The group in which shells begin was removed, or takes no more of them: reset the sandbox."),
            new Case(HelperStep.RUN_PROGRAM, List.of(Errno.ENOENT), "There is no such program in the sandbox's PATH."));

    private Advice() {}

    /**
     * "mount proc: Operation not permitted: what to do".
     *
     * @param words what was tried, for people: "mount proc"
     */
    static String sentence(HelperStep step, String words, Errno errno) {
        String failure = words + ": " + errno.text();
        return CASES.stream()
                .filter(known -> known.fits(step, errno))
                .findFirst()
                .map(known -> failure + ": " + known.advice())
                .orElse(failure);
    }
}
