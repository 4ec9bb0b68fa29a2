package dev.nslab.linux;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kernel's kinds of namespace, see namespaces(7). As text each is what the kernel calls it: "pid", "mnt". */
public enum NamespaceType {
    USER,
    MNT,
    UTS,
    IPC,
    PID,
    NET,
    CGROUP,
    TIME;

    private static final Map<String, NamespaceType> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(NamespaceType::toString, Function.identity()));

    private final String kernelName = name().toLowerCase(Locale.ROOT);

    /** The type that the kernel calls so, null for a name that is none. */
    public static @Nullable NamespaceType of(String kernelName) {
        return BY_NAME.get(kernelName);
    }

    /** True for the two types whose namespaces are children of one another (NS_GET_PARENT, ioctl_nsfs(2)). */
    public boolean isHierarchical() {
        return this == PID || this == USER;
    }

    /** The kernel's name, also that of the file in /proc/PID/ns. */
    @Override
    public String toString() {
        return kernelName;
    }
}
