package dev.nslab.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds in /proc/PID/mountinfo what a process has mounted at /proc. */
final class ProcMounts {

    private record Mount(int id, int parent, String device, String root, String type) {

        boolean isWholeProc() {
            return type.equals("proc") && root.equals("/");
        }
    }

    private ProcMounts() {}

    /** Device ("0:45") of the proc file system at /proc, empty if there is none or something else covers it. */
    static String device(ProcText mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        while (mountinfo.hasMore()) {
            Mount mount = atProc(mountinfo);
            if (mount != null) {
                mounts.add(mount);
            }
        }
        Mount top = top(mounts);
        return top != null && top.isWholeProc() ? top.device : "";
    }

    /** ID PARENT DEVICE ROOT POINT OPTIONS [FIELD...] - TYPE SOURCE OPTIONS; blanks in ROOT and POINT are escaped. */
    private static @Nullable Mount atProc(ProcText line) {
        int id = (int) line.number();
        int parent = (int) line.number();
        String device = line.word();
        String root = line.word();
        Mount mount = line.word().equals("/proc") ? new Mount(id, parent, device, root, type(line)) : null;
        line.skipLine();
        return mount;
    }

    private static String type(ProcText line) {
        String word = line.word();
        while (!word.isEmpty() && !word.equals("-")) {
            word = line.word();
        }
        return line.word();
    }

    /** The one that no other is mounted upon. Their order tells nothing: a mount can be put beneath another. */
    private static @Nullable Mount top(List<Mount> mounts) {
        var covered = mounts.stream().map(Mount::parent).collect(Collectors.toSet());
        return mounts.stream()
                .filter(mount -> !covered.contains(mount.id))
                .findFirst()
                .orElse(null);
    }
}
