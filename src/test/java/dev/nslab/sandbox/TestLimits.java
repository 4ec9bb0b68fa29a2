package dev.nslab.sandbox;

import dev.nslab.limits.Limits;
import dev.nslab.watchdog.WatchdogSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The defaults, and limits that differ from them. */
public final class TestLimits {
    public static final Limits DEFAULT = with(Map.of());

    public static final WatchdogSettings WATCHDOG =
            new Binder(List.of()).bindOrCreate("nslab.watchdog", WatchdogSettings.class);

    private TestLimits() {}

    public static Limits withSandboxes(int sandboxes) {
        return with(Map.of("sandboxes", sandboxes));
    }

    /** Settings by their names below {@code nslab.limits}, and the defaults of all others. */
    public static Limits with(Map<String, ?> settings) {
        Map<String, ?> named = settings.entrySet().stream()
                .collect(Collectors.toMap(entry -> "nslab.limits." + entry.getKey(), Map.Entry::getValue));
        return new Binder(new MapConfigurationPropertySource(named)).bindOrCreate("nslab.limits", Limits.class);
    }
}
