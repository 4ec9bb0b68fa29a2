package dev.nslab.doctor;

import dev.nslab.doctor.Finding.Status;
import dev.nslab.sandbox.Sandboxes;
import dev.nslab.sandbox.limits.CgroupLimits;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;

/** The settings below {@code nslab.limits}, and what enforces each of them on this machine. */
final class Limits {

    private static final List<String> HELD_BY_THE_SERVER = List.of(
            "terminals",
            "sandboxes",
            "sandboxes-per-learner",
            "new-sandboxes-per-minute",
            "new-sandboxes-per-minute-per-learner",
            "changes-per-minute-per-learner",
            "sockets-per-learner",
            "idle",
            "lifetime",
            "warning");

    private static final long MEGABYTE = 1 << 20;

    private final PropertyResolver settings;
    private final Sandboxes sandboxes;

    Limits(PropertyResolver settings, Sandboxes sandboxes) {
        this.settings = settings;
        this.sandboxes = sandboxes;
    }

    List<Limit> inForce() {
        Set<String> unlimited = sandboxes.unlimited();
        Stream<Limit> ofASandbox = Stream.of(
                unlimited.contains("pids") ? held("processes", "nproc") : held("processes", "cgroup"),
                unlimited.contains("memory") ? weak("memory", "process") : held("memory", "cgroup"),
                unlimited.contains("cpu") ? weak("cpus", "nobody") : held("cpus", "cgroup"),
                files("file-system", unlimited),
                files("files", unlimited),
                held("open-files", "rlimit"),
                held("namespaces", "userns"),
                held("network-namespaces", sandboxes.rights().networkAdmin() ? "userns" : "no-network-admin"));
        return Stream.of(
                        ofASandbox,
                        together(unlimited),
                        HELD_BY_THE_SERVER.stream().map(setting -> held(setting, "server")))
                .flatMap(limits -> limits)
                .toList();
    }

    /**
     * A sandbox's root can change the limits of a tmpfs, or mount another one: in the end, the memory limit is what
     * binds.
     */
    private Limit files(String setting, Set<String> unlimited) {
        return unlimited.contains("memory") ? weak(setting, "advisory") : held(setting, "tmpfs");
    }

    private Stream<Limit> together(Set<String> unlimited) {
        CgroupLimits all = sandboxes.together();
        boolean hasQuota = Double.isFinite(all.cpus());
        return Stream.of(
                together("all-memory", all.memory() / MEGABYTE + "MB", unlimited.contains("memory"), "cgroup-of-all"),
                together("all-processes", Long.toString(all.processes()), unlimited.contains("pids"), "cgroup-of-all"),
                together(
                        "all-cpus",
                        hasQuota ? Double.toString(all.cpus()) : value("all-cpus"),
                        unlimited.contains("cpu"),
                        hasQuota ? "cgroup-of-all" : "weight"));
    }

    /** @param value the value that results here */
    private static Limit together(String setting, String value, boolean isUnlimited, String holder) {
        return isUnlimited
                ? new Limit(setting, value, Status.WEAK, "nobody-of-all")
                : new Limit(setting, value, Status.GOOD, holder);
    }

    private Limit held(String setting, String holder) {
        return new Limit(setting, value(setting), Status.GOOD, holder);
    }

    private Limit weak(String setting, String holder) {
        return new Limit(setting, value(setting), Status.WEAK, holder);
    }

    private String value(String setting) {
        return settings.getRequiredProperty("nslab.limits." + setting);
    }
}
