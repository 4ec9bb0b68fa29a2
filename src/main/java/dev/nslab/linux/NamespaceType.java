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

    /** The type whose CLONE_NEW* flag it is (linux/sched.h), null for anything else. */
    public static @Nullable NamespaceType ofCloneFlag(long flag) {
        return switch ((int) flag) {
            case 0x80 -> TIME;
            case 0x20000 -> MNT;
            case 0x2000000 -> CGROUP;
            case 0x4000000 -> UTS;
            case 0x8000000 -> IPC;
            case 0x10000000 -> USER;
            case 0x20000000 -> PID;
            case 0x40000000 -> NET;
            default -> null;
        };
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
