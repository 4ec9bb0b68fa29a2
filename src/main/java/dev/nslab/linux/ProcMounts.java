package dev.nslab.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads /proc/PID/mountinfo: what a process has mounted at /proc, and which namespaces are mounted anywhere. */
final class ProcMounts {

    private record Mount(int id, int parent, String device, String root, String point, String type) {

        boolean isWholeProc() {
            return type.equals("proc") && root.equals("/");
        }
    }

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private ProcMounts() {}

    static MountTable parse(ProcText mountinfo) {
        List<Mount> atProc = new ArrayList<>();
        List<MountTable.Bound> namespaces = new ArrayList<>();
        while (mountinfo.hasMore()) {
            Mount mount = mount(mountinfo);
            if (mount.point.equals("/proc")) {
                atProc.add(mount);
            }
            NamespaceId namespace = mount.type.equals("nsfs") ? NamespaceId.parse(mount.root) : null;
            if (namespace != null) {
                namespaces.add(new MountTable.Bound(namespace, unescaped(mount.point)));
            }
        }
        Mount top = top(atProc);
        return new MountTable(top != null && top.isWholeProc() ? top.device : "", namespaces);
    }

    /** ID PARENT DEVICE ROOT POINT OPTIONS [FIELD...] - TYPE SOURCE OPTIONS; blanks in ROOT and POINT are escaped. */
    private static Mount mount(ProcText line) {
        Mount mount =
                new Mount((int) line.number(), (int) line.number(), line.word(), line.word(), line.word(), type(line));
        line.skipLine();
        return mount;
    }

    /** Blank, tab, newline and backslash are written as a backslash and three octal digits. */
    private static String unescaped(String path) {
        return ESCAPE.matcher(path)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
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
