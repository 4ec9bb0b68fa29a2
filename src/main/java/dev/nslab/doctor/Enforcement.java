package dev.nslab.doctor;

import dev.nslab.doctor.Finding.Status;
import dev.nslab.limits.CgroupLimits;
import dev.nslab.limits.Limits;
import dev.nslab.sandbox.Sandboxes;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.PropertyResolver;

/** What enforces each setting below {@code nslab.limits} on this machine. */
final class Enforcement {

    private static final long MEGABYTE = 1 << 20;

    private final PropertyResolver settings;
    private final Sandboxes sandboxes;
    private final Set<String> unlimited;

    Enforcement(PropertyResolver settings, Sandboxes sandboxes) {
        this.settings = settings;
        this.sandboxes = sandboxes;
        this.unlimited = sandboxes.unlimited();
    }

    /** In the order in which they are declared. */
    List<Limit> ofAll() {
        return Stream.of(Limits.class.getDeclaredConstructors()[0].getParameters())
                .map(this::of)
                .toList();
    }

    private Limit of(Parameter declared) {
        String setting = DataObjectPropertyName.toDashedForm(declared.getName());
        String preset =
                String.join(",", declared.getAnnotation(DefaultValue.class).value());
        return of(setting, settings.getProperty("nslab.limits." + setting, preset));
    }

    private Limit of(String setting, String value) {
        CgroupLimits together = sandboxes.together();
        return switch (setting) {
            case "processes" -> held(setting, value, unlimited.contains("pids") ? "nproc" : "cgroup");
            case "memory" -> with("memory", held(setting, value, "cgroup"), "process");
            case "cpus" -> with("cpu", held(setting, value, "cgroup"), "nobody");
            // A sandbox's root can change the limits of a tmpfs, or mount another one: in the end, the memory limit is
            // what binds.
            case "file-system", "files" -> with("memory", held(setting, value, "tmpfs"), "advisory");
            case "open-files" -> held(setting, value, "rlimit");
            case "namespaces" -> held(setting, value, "userns");
            case "network-namespaces" ->
                held(setting, value, sandboxes.rights().networkAdmin() ? "userns" : "no-network-admin");
            case "all-memory" -> together("memory", setting, together.memory() / MEGABYTE + "MB");
            case "all-processes" -> together("pids", setting, Long.toString(together.processes()));
            case "all-cpus" ->
                Double.isFinite(together.cpus())
                        ? together("cpu", setting, Double.toString(together.cpus()))
                        : with("cpu", held(setting, value, "weight"), "nobody-of-all");
            default -> held(setting, value, "server");
        };
    }

    private static Limit held(String setting, String value, String holder) {
        return new Limit(setting, value, Status.GOOD, holder);
    }

    /** @param value the one that results here */
    private Limit together(String controller, String setting, String value) {
        return with(controller, held(setting, value, "cgroup-of-all"), "nobody-of-all");
    }

    /** The limit as a controller of cgroups enforces it, or what is left of it where that is missing. */
    private Limit with(String controller, Limit limit, String otherwise) {
        return unlimited.contains(controller)
                ? new Limit(limit.setting(), limit.value(), Status.WEAK, otherwise)
                : limit;
    }
}
