package dev.nslab.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads /proc/PID/mountinfo: the mounts, what is at /proc, and which namespaces are mounted anywhere. */
final class ProcMounts {

    /** A process could make its table very long: mounts beyond this number are only counted. */
    static final int MOST_MOUNTS = 512;

    /** The most characters in all texts of a table. */
    static final int MOST_CHARACTERS = 1 << 16;

    /** Sources and options are cut there; paths are not: PATH_MAX bounds them. */
    static final int LONGEST_WORD = 1024;

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private final List<Mount> atProc = new ArrayList<>();
    private final List<MountTable.Bound> namespaces = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();
    private int characters;
    private int more;

    private ProcMounts() {}

    static MountTable parse(ProcText mountinfo) {
        ProcMounts found = new ProcMounts();
        while (mountinfo.hasMore()) {
            Mount mount = line(mountinfo);
            if (!mount.type().isEmpty()) {
                found.add(mount);
            }
        }
        Mount top = top(found.atProc);
        return new MountTable(
                mountinfo,
                top != null && isWholeProc(top) ? top.device() : "",
                found.namespaces,
                found.mounts,
                found.more);
    }

    private static boolean isWholeProc(Mount mount) {
        return mount.type().equals("proc") && mount.root().equals("/");
    }

    private void add(Mount mount) {
        if (mount.point().equals("/proc")) {
            atProc.add(mount);
        }
        NamespaceId namespace = mount.type().equals("nsfs") ? NamespaceId.parse(mount.root()) : null;
        if (namespace != null) {
            namespaces.add(new MountTable.Bound(namespace, mount.point()));
        }
        characters += characters(mount);
        if (mounts.size() < MOST_MOUNTS && characters <= MOST_CHARACTERS) {
            mounts.add(mount);
        } else {
            more++;
        }
    }

    private static int characters(Mount mount) {
        return Stream.of(
                        List.of(mount.device(), mount.point(), mount.root(), mount.source()),
                        mount.options(),
                        mount.superOptions())
                .flatMap(List::stream)
                .mapToInt(String::length)
                .sum();
    }

    /** ID PARENT DEVICE ROOT POINT OPTIONS [TAG...] - TYPE SOURCE OPTIONS, with one blank between; SOURCE may be empty. */
    private static Mount line(ProcText text) {
        int id = number(text.field());
        int parent = number(text.field());
        String device = cut(text.field());
        String root = unescaped(text.field());
        String point = unescaped(text.field());
        List<String> options = words(text.field());
        Integer peerGroup = null;
        Integer master = null;
        boolean unbindable = false;
        for (String tag = text.field(); !tag.isEmpty() && !tag.equals("-"); tag = text.field()) {
            peerGroup = tag.startsWith("shared:") ? Integer.valueOf(number(tag.substring(7))) : peerGroup;
            master = tag.startsWith("master:") ? Integer.valueOf(number(tag.substring(7))) : master;
            unbindable |= tag.equals("unbindable");
        }
        Mount mount = new Mount(
                id,
                parent,
                device,
                point,
                root,
                unescaped(text.field()),
                cut(unescaped(text.field())),
                options,
                words(text.field()),
                propagation(peerGroup, master, unbindable),
                peerGroup,
                master);
        text.skipLine();
        return mount;
    }

    private static String propagation(@Nullable Integer peerGroup, @Nullable Integer master, boolean unbindable) {
        if (peerGroup != null) {
            return master == null ? "shared" : "shared,slave";
        }
        return master != null ? "slave" : unbindable ? "unbindable" : "private";
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException junk) {
            return 0;
        }
    }

    /** A comma within an option is escaped. */
    private static List<String> words(String field) {
        return Stream.of(field.split(","))
                .filter(word -> !word.isEmpty())
                .map(word -> cut(unescaped(word)))
                .toList();
    }

    private static String cut(String text) {
        return text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) + "…" : text;
    }

    /** Blanks and what else would be taken for one are written as a backslash and three octal digits; all are ASCII. */
    private static String unescaped(String path) {
        return path.indexOf('\\') < 0
                ? path
                : ESCAPE.matcher(path)
                        .replaceAll(escape ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 8))));
    }

    /** The one on which no other is mounted. Their order does not tell, because a mount can be put beneath another. */
    private static @Nullable Mount top(List<Mount> mounts) {
        var covered = mounts.stream().map(Mount::parent).collect(Collectors.toSet());
        return mounts.stream()
                .filter(mount -> !covered.contains(mount.id()))
                .findFirst()
                .orElse(null);
    }
}
