package dev.nslab.outcome;

import dev.nslab.linux.NamespaceType;
import dev.nslab.namespace.Namespace;
import dev.nslab.namespace.SandboxProcess;
import dev.nslab.namespace.SandboxThread;
import dev.nslab.sandbox.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Outcomes of unshare(2), setns(2), clone(2) and sethostname(2). */
final class NamespaceOutcomes {

    private static final Set<String> CALLS = Set.of("unshare", "setns", "clone");

    private static final Map<String, String> LINKS = Map.of(
            "CLONE_NEWNS", "mnt",
            "CLONE_NEWUTS", "uts",
            "CLONE_NEWIPC", "ipc",
            "CLONE_NEWNET", "net",
            "CLONE_NEWUSER", "user",
            "CLONE_NEWCGROUP", "cgroup",
            "CLONE_NEWPID", "pid_for_children",
            "CLONE_NEWTIME", "time_for_children");

    private NamespaceOutcomes() {}

    static List<Outcome> of(Window window) {
        List<Outcome> found = new ArrayList<>();
        window.pending()
                .forEach(one -> (switch (one.call().syscall()) {
                            case "unshare", "setns" -> joined(one, window);
                            case "clone" -> made(one, window);
                            case "sethostname" -> named(one, window);
                            default -> Optional.<Outcome>empty();
                        })
                        .ifPresent(found::add));
        return found;
    }

    private static List<String> links(Call call) {
        return call.flags().stream().map(LINKS::get).filter(Objects::nonNull).toList();
    }

    private static Optional<Outcome> joined(Pending one, Window window) {
        if (one.call().tid() != one.call().pid()) {
            return joinedByThread(one, window);
        }
        Optional<SandboxProcess> caller = window.now().living(one.call().pid());
        List<String> asked = links(one.call());
        if (caller.isEmpty() || asked.isEmpty() || window.hasBeside(one, other -> isRival(one.call(), other))) {
            return Optional.empty();
        }
        if (one.call().syscall().equals("unshare") && hasMade(asked, caller.get(), one.before(), window.now())) {
            return Optional.of(Outcome.of(one, "joined"));
        }
        Optional<Map<String, Long>> links = linksBefore(one, caller.get(), window.now());
        if (links.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> now = caller.get().namespaces();
        long changed = asked.stream()
                .filter(link -> !Objects.equals(links.get().get(link), now.get(link)))
                .count();
        if (changed == asked.size()) {
            return Optional.of(Outcome.of(one, "joined"));
        }
        return changed == 0 && one.hasReturned(window.now()) ? Optional.of(Outcome.none(one)) : Optional.empty();
    }

    /** Never "none": a thread that seems to be in the namespaces of its process may not have been read at all. */
    private static Optional<Outcome> joinedByThread(Pending one, Window window) {
        Call call = one.call();
        List<String> asked = links(call);
        return window.now()
                .living(call.pid())
                .filter(_ -> !asked.isEmpty() && !window.hasBeside(one, other -> isRival(call, other)))
                .filter(process -> linksOfThread(process, call.tid())
                        .filter(links -> asked.stream().allMatch(link -> hasMoved(one, process, links, link)))
                        .isPresent())
                .map(_ -> Outcome.of(one, "joined"));
    }

    private static boolean hasMoved(Pending one, SandboxProcess process, Map<String, Long> links, String link) {
        if (one.call().syscall().equals("unshare") && isNew(links, link, one.before())) {
            return !Objects.equals(links.get(link), process.namespaces().get(link));
        }
        return one.before()
                .living(process.pid())
                .map(before -> linksOfThread(before, one.call().tid()).orElse(before.namespaces()))
                .filter(before -> !Objects.equals(before.get(link), links.get(link)))
                .isPresent();
    }

    private static Optional<Map<String, Long>> linksOfThread(SandboxProcess process, int tid) {
        return process.otherThreads().stream()
                .filter(thread -> thread.tid() == tid)
                .findFirst()
                .map(SandboxThread::namespaces);
    }

    /** Whether all these namespaces of the caller are new, and not inherited from its parent. */
    private static boolean hasMade(List<String> links, SandboxProcess caller, Sight before, Sight now) {
        return now.living(caller.parent())
                .filter(parent -> links.stream()
                        .allMatch(link -> isNew(caller.namespaces(), link, before)
                                && !Objects.equals(
                                        parent.namespaces().get(link),
                                        caller.namespaces().get(link))))
                .isPresent();
    }

    /** Whether the other call, by the same thread, may have changed a namespace of the same type. */
    private static boolean isRival(Call call, Call other) {
        return other.tid() == call.tid()
                && CALLS.contains(other.syscall())
                && (other.flags().isEmpty() || links(other).stream().anyMatch(links(call)::contains));
    }

    /**
     * The namespaces in which the caller was before the call. If no snapshot has shown it before, it began in those of
     * its parent; empty if the parent has moved since.
     */
    private static Optional<Map<String, Long>> linksBefore(Pending one, SandboxProcess caller, Sight now) {
        Optional<SandboxProcess> itself = one.before().living(caller.pid());
        if (itself.isPresent()) {
            return itself.map(SandboxProcess::namespaces);
        }
        return one.before()
                .living(caller.parent())
                .filter(parent -> now.living(parent.pid())
                        .filter(later -> later.namespaces().equals(parent.namespaces()))
                        .isPresent())
                .map(parent -> {
                    Map<String, Long> links = new HashMap<>(parent.namespaces());
                    Long pid = links.get("pid_for_children");
                    if (pid != null) {
                        links.put("pid", pid);
                    }
                    return links;
                });
    }

    /** Finds a child in namespaces that did not exist before. Never "none": a child that is not seen may have ended. */
    private static Optional<Outcome> made(Pending one, Window window) {
        List<String> asked = links(one.call());
        return window.now().snapshot().processes().stream()
                .filter(child -> child.parent() == one.call().pid())
                .filter(child -> one.before().process(child.pid()).isEmpty())
                .filter(child -> !asked.isEmpty()
                        && asked.stream().allMatch(link -> isNew(child.namespaces(), link, one.before())))
                .findFirst()
                .map(_ -> Outcome.of(one, "joined"));
    }

    private static boolean isNew(Map<String, Long> links, String link, Sight before) {
        NamespaceType type = NamespaceType.of(link.replace("_for_children", ""));
        Long inode = links.get(link);
        return type != null && inode != null && before.namespace(type, inode).isEmpty();
    }

    private static Optional<Outcome> named(Pending one, Window window) {
        Optional<Namespace> now = window.now()
                .namespace(NamespaceType.UTS, one.call().namespace())
                .filter(namespace -> namespace.hostname() != null);
        boolean alone = !window.hasBeside(
                one,
                other -> other.syscall().equals("sethostname")
                        && other.namespace() == one.call().namespace());
        if (now.isEmpty() || !alone || !window.now().complete()) {
            return Optional.empty();
        }
        Namespace uts = now.get();
        boolean there = one.before().has(uts);
        boolean asBefore = one.before().namespaces(NamespaceType.UTS).stream()
                .filter(namespace -> !there || namespace.inode() == uts.inode())
                .anyMatch(namespace -> Objects.equals(namespace.hostname(), uts.hostname()));
        if (!asBefore) {
            return Optional.of(Outcome.of(one, "named"));
        }
        return there && one.hasReturned(window.now()) ? Optional.of(Outcome.none(one)) : Optional.empty();
    }
}
