package dev.nslab.doctor;

import dev.nslab.doctor.Finding.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.env.PropertyResolver;

/** What is set below {@code nslab.limits}, and what holds each of it on this machine. */
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

    private final PropertyResolver settings;
    private final Set<String> unlimited;

    /** @param unlimited controllers of which no cgroup can be made: "memory" */
    Limits(PropertyResolver settings, Set<String> unlimited) {
        this.settings = settings;
        this.unlimited = unlimited;
    }

    List<Limit> inForce() {
        Stream<Limit> ofASandbox = Stream.of(
                unlimited.contains("pids") ? held("processes", "nproc") : held("processes", "cgroup"),
                unlimited.contains("memory") ? weak("memory", "process") : held("memory", "cgroup"),
                unlimited.contains("cpu") ? weak("cpus", "nobody") : held("cpus", "cgroup"),
                held("file-system", "tmpfs"),
                held("files", "tmpfs"),
                held("open-files", "rlimit"),
                held("namespaces", "userns"),
                held("network-namespaces", "userns"));
        return Stream.concat(ofASandbox, HELD_BY_THE_SERVER.stream().map(setting -> held(setting, "server")))
                .toList();
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
