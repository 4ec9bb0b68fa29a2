package dev.nslab.namespace;

import dev.nslab.linux.NamespaceType;
import dev.nslab.linux.ProcFs;
import dev.nslab.sandbox.Look;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Host names, and whose processes each mounted proc file system shows. Both take a look from inside, so they are asked
 * once for each UTS namespace and each proc, until something may have changed them.
 *
 * <p>A proc file system belongs to one PID namespace for good and has a device number of its own (since Linux 5.8), which
 * all mounts of it share: a new mount namespace costs no look, only a new proc does.
 */
final class InsideFacts {

    private record UtsKey(long inode, @Nullable Long id) {}

    private record View(long mountNamespace, @Nullable String root) {}

    private final ProcFs proc;
    private final InsideView inside;
    private final Answers<UtsKey, String> hostnames = new Answers<>();
    private final Answers<String, Long> shownPidNamespaces = new Answers<>();
    private final Map<View, String> devices = new HashMap<>();
    private final Map<Integer, Optional<Look>> looks = new HashMap<>();

    InsideFacts(ProcFs proc, InsideView inside) {
        this.proc = proc;
        this.inside = inside;
    }

    void forget() {
        hostnames.forget();
        shownPidNamespaces.forget();
    }

    /** To be called after each refresh. */
    void sweep() {
        hostnames.sweep();
        shownPidNamespaces.sweep();
        devices.clear();
        looks.clear();
    }

    /** Of the UTS namespace with this inode and id, of which the process is a member. */
    @Nullable
    String hostname(long inode, @Nullable Long id, ObservedProcess member) {
        return hostnames.get(
                new UtsKey(inode, id), () -> look(member).map(Look::hostname).orElse(null));
    }

    @Nullable
    ProcMount procMount(ObservedProcess process) {
        Long mountNamespace = process.namespace(NamespaceType.MNT);
        if (process.isZombie()) {
            return ProcMount.NONE;
        }
        String device = mountNamespace == null ? null : device(process, mountNamespace);
        if (device == null) {
            return null;
        }
        return device.isEmpty() ? ProcMount.NONE : procMount(process, device);
    }

    private @Nullable String device(ObservedProcess process, long mountNamespace) {
        View view = new View(mountNamespace, process.root());
        String device = devices.get(view);
        if (device == null) {
            device = proc.procDevice(process.hostPid());
        }
        if (device != null) {
            devices.put(view, device);
        }
        return device;
    }

    private @Nullable ProcMount procMount(ObservedProcess process, String device) {
        Long shown = shownPidNamespaces.get(
                device,
                () -> look(process)
                        .map(Look::procPidNamespace)
                        .filter(inode -> inode != 0)
                        .orElse(null));
        if (shown != null) {
            return shown.equals(process.namespace(NamespaceType.PID)) ? ProcMount.OWN : ProcMount.FOREIGN;
        }
        // There is a proc but no PID 1 in it: the PID namespace that it shows has ended.
        return look(process).isPresent() ? ProcMount.FOREIGN : null;
    }

    private Optional<Look> look(ObservedProcess process) {
        return looks.computeIfAbsent(process.pid(), inside::look);
    }
}
