package dev.nslab.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names of the flags of the watched system calls (linux/sched.h, linux/mount.h). */
final class CallFlags {
    private static final Map<Long, String> CLONE = new LinkedHashMap<>();
    private static final Map<Long, String> MOUNT = new LinkedHashMap<>();
    private static final Map<Long, String> UMOUNT = new LinkedHashMap<>();

    static {
        CLONE.put(0x20000L, "CLONE_NEWNS");
        CLONE.put(0x2000000L, "CLONE_NEWCGROUP");
        CLONE.put(0x4000000L, "CLONE_NEWUTS");
        CLONE.put(0x8000000L, "CLONE_NEWIPC");
        CLONE.put(0x10000000L, "CLONE_NEWUSER");
        CLONE.put(0x20000000L, "CLONE_NEWPID");
        CLONE.put(0x40000000L, "CLONE_NEWNET");
        MOUNT.put(0x1L, "MS_RDONLY");
        MOUNT.put(0x2L, "MS_NOSUID");
        MOUNT.put(0x4L, "MS_NODEV");
        MOUNT.put(0x8L, "MS_NOEXEC");
        MOUNT.put(0x20L, "MS_REMOUNT");
        MOUNT.put(0x1000L, "MS_BIND");
        MOUNT.put(0x2000L, "MS_MOVE");
        MOUNT.put(0x4000L, "MS_REC");
        MOUNT.put(0x20000L, "MS_UNBINDABLE");
        MOUNT.put(0x40000L, "MS_PRIVATE");
        MOUNT.put(0x80000L, "MS_SLAVE");
        MOUNT.put(0x100000L, "MS_SHARED");
        UMOUNT.put(0x1L, "MNT_FORCE");
        UMOUNT.put(0x2L, "MNT_DETACH");
        UMOUNT.put(0x4L, "MNT_EXPIRE");
        UMOUNT.put(0x8L, "UMOUNT_NOFOLLOW");
    }

    /** In unshare(2) and setns(2) only: its bit belongs to the exit signal in clone(2). */
    private static final long CLONE_NEWTIME = 0x80;

    private CallFlags() {}

    static List<String> names(String syscall, long flags) {
        return switch (syscall) {
            case "clone" -> names(CLONE, flags);
            case "unshare", "setns" -> withTime(names(CLONE, flags), flags);
            case "mount" -> names(MOUNT, flags);
            case "umount2" -> names(UMOUNT, flags);
            default -> List.of();
        };
    }

    private static List<String> withTime(List<String> names, long flags) {
        if ((flags & CLONE_NEWTIME) == 0) {
            return names;
        }
        return java.util.stream.Stream.concat(names.stream(), java.util.stream.Stream.of("CLONE_NEWTIME"))
                .toList();
    }

    private static List<String> names(Map<Long, String> known, long flags) {
        return known.entrySet().stream()
                .filter(flag -> (flags & flag.getKey()) != 0)
                .map(Map.Entry::getValue)
                .toList();
    }
}
