package dev.nslab.doctor;

import dev.nslab.limits.Limits;
import dev.nslab.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.env.PropertyResolver;

/** Examines this machine: each finding says what was tried, what the result was, what it means, and what fixes it. */
public final class Doctor {

    /** Time namespaces and a listener that only watches: Linux 5.6; a device number for each proc: 5.8; mount_setattr: 5.12. */
    private static final int OLDEST_MAJOR = 5;

    private static final int OLDEST_MINOR = 12;

    /** Files that the server has open for a sandbox with two terminals that are watched. */
    private static final int FILES_PER_SANDBOX = 40;

    private static final int FILES_OF_SERVER = 500;

    /** An init, two shells and what a lesson starts from them. */
    private static final int PROCESSES_PER_SANDBOX = 12;

    /** Its threads are counted too. */
    private static final int PROCESSES_OF_SERVER = 300;

    /** What an idle sandbox with a shell costs, with its share of the server: measured. */
    private static final long MEMORY_OF_IDLE = 8L << 20;

    private static final List<String> RESTRICTIONS =
            List.of("kernel/apparmor_restrict_unprivileged_userns", "kernel/apparmor_restrict_unprivileged_unconfined");

    private final Sandboxes sandboxes;
    private final Limits limits;
    private final PropertyResolver settings;
    private final Host host;

    /** @param settings from which the settings of the limits are read, as they were written */
    public Doctor(Sandboxes sandboxes, Limits limits, PropertyResolver settings) {
        this.sandboxes = sandboxes;
        this.limits = limits;
        this.settings = settings;
        this.host = new Host(Path.of("/proc"));
    }

    /** Takes some tenths of a second, because it starts a sandbox. */
    public Diagnosis examine() throws IOException {
        return new Diagnosis(findings(), new Enforcement(settings, sandboxes).ofAll());
    }

    private List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>();
        findings.add(kernel());
        findings.add(userNamespaces());
        findings.addAll(new SandboxProbe(sandboxes, host).findings());
        findings.add(ids());
        findings.add(cgroups());
        findings.add(tools());
        findings.add(terminals());
        findings.add(files());
        findings.add(processes());
        findings.add(capacity());
        return findings;
    }

    private Finding kernel() throws IOException {
        String release = host.kernel();
        String[] parts = release.split("[^0-9]+", -1);
        int major = Integer.parseInt(parts[0]);
        boolean isOld = major < OLDEST_MAJOR || (major == OLDEST_MAJOR && Integer.parseInt(parts[1]) < OLDEST_MINOR);
        return isOld ? Finding.bad("kernel", "old", release) : Finding.good("kernel", "fits", release);
    }

    private Finding userNamespaces() {
        if (host.sysctl("user/max_user_namespaces").orElse(1) == 0) {
            return Finding.bad("userns", "off");
        }
        if (host.sysctl("kernel/unprivileged_userns_clone").orElse(1) == 0) {
            return Finding.weak("userns", "debian");
        }
        boolean restricted =
                RESTRICTIONS.stream().anyMatch(name -> host.sysctl(name).orElse(0) != 0);
        return restricted ? Finding.weak("userns", "apparmor") : Finding.good("userns", "free");
    }

    private Finding ids() {
        return sandboxes.hasIdsForEach()
                ? Finding.good("ids", "own")
                : Finding.weak("ids", host.isContainer() ? "contained" : "shared", System.getProperty("user.name"));
    }

    private Finding cgroups() {
        Set<String> missing = sandboxes.unlimited();
        String directories = sandboxes.cgroups().stream().map(Path::toString).collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Finding.good("cgroups", "limit", directories)
                : Finding.weak("cgroups", host.isContainer() ? "contained" : "miss", String.join(", ", missing));
    }

    private static Finding tools() {
        List<LessonTools.Tool> missing = LessonTools.missing();
        return missing.isEmpty()
                ? Finding.good("tools", "there")
                : Finding.weak("tools", "miss", LessonTools.names(missing), LessonTools.packages(missing));
    }

    private Finding terminals() {
        return ofAtMost("ptys", host.sysctl("kernel/pty/max").orElse(0), 4L * limits.sandboxes());
    }

    private Finding files() throws IOException {
        return ofAtMost("files", host.mostOpenFiles(), FILES_OF_SERVER + (long) FILES_PER_SANDBOX * limits.sandboxes());
    }

    private Finding processes() throws IOException {
        return ofAtMost(
                "processes",
                host.mostProcesses(),
                PROCESSES_OF_SERVER + (long) PROCESSES_PER_SANDBOX * limits.sandboxes());
    }

    private static Finding ofAtMost(String check, long most, long wanted) {
        return most < wanted
                ? Finding.weak(check, "few", Long.toString(most), Long.toString(wanted))
                : Finding.good(check, "enough", Long.toString(most));
    }

    private Finding capacity() throws IOException {
        long available = host.availableMemory();
        long idle = Math.min(limits.sandboxes(), available / MEMORY_OF_IDLE);
        long greedy = Math.min(limits.sandboxes(), available / limits.memory().toBytes());
        String[] facts = {
            Long.toString(available >> 20),
            Long.toString(idle),
            Long.toString(greedy),
            Integer.toString(limits.sandboxes())
        };
        return idle < limits.sandboxes()
                ? Finding.weak("capacity", "short", facts)
                : Finding.good("capacity", "room", facts);
    }
}
