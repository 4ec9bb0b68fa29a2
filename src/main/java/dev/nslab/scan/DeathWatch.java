package dev.nslab.scan;

import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.Poller;
import dev.nslab.linux.ProcFs;
import dev.nslab.namespace.Death;
import dev.nslab.namespace.Namespace;
import dev.nslab.sandbox.ExitStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which processes have died between two snapshots, why, and which others died with them. When an init dies,
 * the kernel kills everything in its PID namespace; that is reported once, for the outermost namespace. It holds some
 * pidfds until it is closed.
 */
public final class DeathWatch implements AutoCloseable {

    /** At most this many deaths are reported at once. The snapshots show that the others are gone. */
    private static final int MOST_DEATHS = 64;

    private static final int MOST_TOLD = 256;

    /** Inits come first, and of these the outermost. */
    private static final Comparator<ObservedProcess> INITS_FIRST =
            Comparator.comparingInt(process -> process.isInit() ? process.pids().size() : Integer.MAX_VALUE);

    private record Told(int pid, ExitStatus status) {}

    private final ExitRecords records;
    private final Queue<Told> told = new ArrayBlockingQueue<>(MOST_TOLD);
    private final Consumer<DeathWatch> whenClosed;
    private final Map<ProcessKey, Dying> dying = new LinkedHashMap<>();
    private Map<ProcessKey, ObservedProcess> living = Map.of();
    private final Map<Long, Long> parents = new HashMap<>();
    private @Nullable ProcessKey init;
    private List<Death> deaths = new ArrayList<>();
    private boolean closed;

    DeathWatch(ProcFs proc, Poller poller, Runnable whenOneEnds, Consumer<DeathWatch> whenClosed) {
        records = new ExitRecords(proc, poller, whenOneEnds);
        this.whenClosed = whenClosed;
    }

    /** The sandbox's init has reported how one of its own children ended. */
    public void told(int pid, ExitStatus status) {
        var _ = told.offer(new Told(pid, status)); // called by the poller, which must not wait for a snapshot
    }

    /** The deaths that were found since the last call. */
    public synchronized List<Death> take() {
        List<Death> taken = deaths;
        deaths = new ArrayList<>();
        return taken;
    }

    @Override
    public void close() {
        whenClosed.accept(this);
        synchronized (this) {
            closed = true;
            records.close();
        }
    }

    synchronized void seen(Collection<ObservedProcess> processes, List<Namespace> namespaces) {
        if (closed) {
            return;
        }
        Map<ProcessKey, ObservedProcess> now = new LinkedHashMap<>();
        processes.forEach(process -> now.put(ProcessKey.of(process), process));
        ProcessKey newInit = now.isEmpty() ? null : now.keySet().iterator().next();
        if (newInit == null || !newInit.equals(init)) {
            beginAnew(newInit);
        }
        for (Told one = told.poll(); one != null; one = told.poll()) {
            records.told(one.pid, one.status);
        }
        findDying(now);
        tellRipe(now);
        remember(now, namespaces);
    }

    /** The processes that a reset ended are not reported. */
    private void beginAnew(@Nullable ProcessKey newInit) {
        init = newInit;
        living = Map.of();
        dying.clear();
    }

    private void findDying(Map<ProcessKey, ObservedProcess> now) {
        living.values().stream()
                .filter(process -> !lives(now.get(ProcessKey.of(process))))
                .sorted(INITS_FIRST)
                .forEach(this::died);
    }

    /**
     * A dying process gives up its namespaces first and becomes a zombie last. In between, an init waits for the
     * processes that die with it.
     */
    private static boolean lives(@Nullable ObservedProcess process) {
        return process != null
                && !process.isZombie()
                && (process.pid() == 1 || process.namespace(NamespaceType.MNT) != null);
    }

    private void died(ObservedProcess process) {
        for (Dying other : dying.values()) {
            if (other.isOfInit() && isWithin(process, other.process)) {
                other.takeAlong(process);
                return;
            }
        }
        Dying one = new Dying(process);
        if (one.isOfInit()) {
            dying.values().removeIf(earlier -> takesAlong(one, earlier));
        }
        dying.put(ProcessKey.of(process), one);
    }

    private boolean takesAlong(Dying one, Dying earlier) {
        boolean within = !earlier.isOfInit() && isWithin(earlier.process, one.process);
        if (within) {
            one.takeAlong(earlier.process);
        }
        return within;
    }

    /** True if the process is in the PID namespace of that init, or in one nested in it. */
    private boolean isWithin(ObservedProcess process, ObservedProcess ofInit) {
        Long wanted = ofInit.namespace(NamespaceType.PID);
        Long namespace = process.namespace(NamespaceType.PID);
        while (wanted != null && namespace != null && !namespace.equals(wanted)) {
            namespace = parents.get(namespace);
        }
        return wanted != null && namespace != null;
    }

    private void tellRipe(Map<ProcessKey, ObservedProcess> now) {
        dying.entrySet().removeIf(entry -> {
            ObservedProcess rest = now.get(entry.getKey());
            boolean over = (rest == null || rest.isZombie()) && entry.getValue().isRipe();
            if (over) {
                tell(entry.getKey(), entry.getValue(), rest);
            }
            return over;
        });
    }

    private void tell(ProcessKey key, Dying one, @Nullable ObservedProcess zombie) {
        ExitStatus status = zombie == null ? records.ofReaped(key, one.process.pid()) : records.ofZombie(key, zombie);
        boolean killed = status != null && status.signal() != null;
        if ((one.isOfInit() || killed) && deaths.size() < MOST_DEATHS) {
            deaths.add(one.toDeath(status));
        }
    }

    private void remember(Map<ProcessKey, ObservedProcess> now, List<Namespace> namespaces) {
        living = new LinkedHashMap<>();
        now.forEach((key, process) -> {
            if (lives(process) && !dying.containsKey(key)) {
                living.put(key, process);
                records.hold(key, process);
            }
        });
        Set<ProcessKey> held = new HashSet<>(living.keySet());
        held.addAll(dying.keySet());
        records.retain(held);
        rememberParents(namespaces);
    }

    /** Remembers the parents of PID namespaces, because that of a namespace that is ending can no longer be read. */
    private void rememberParents(List<Namespace> namespaces) {
        if (dying.isEmpty()) {
            Set<Long> inodes = namespaces.stream().map(Namespace::inode).collect(Collectors.toSet());
            parents.keySet().retainAll(inodes);
        }
        for (Namespace namespace : namespaces) {
            if (namespace.type() == NamespaceType.PID && namespace.parent() != null) {
                parents.put(namespace.inode(), namespace.parent());
            }
        }
    }
}
