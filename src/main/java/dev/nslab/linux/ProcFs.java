package dev.nslab.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processes as a proc file system describes them. Each call reads the file again, in as few reads as the kernel allows.
 * What disappears meanwhile or may not be read is absent from the answer, and never an exception. Nothing below a
 * process's own root is opened.
 *
 * <p>PIDs are those of the PID namespace of the proc file system.
 */
public final class ProcFs {

    /** Argument lists are cut at this length: people's commands fit, and no process can make a snapshot huge. */
    public static final int ARGUMENT_BYTES = 8192;

    /**
     * How much is read at a time. A read that returns less has reached the end, except in lists, where the kernel
     * returns as many whole lines as fit into its own buffer.
     */
    private static final int CHUNK = 2048;

    private static final String MOUNTINFO = "mountinfo";

    private static final String DEVICES = "net/dev";

    /** No file about a process is longer, except the mounts of a process that makes it so on purpose. */
    private static final int LONGEST_FILE = 1 << 20;

    private final String root;

    /**
     * Reads the proc file system that is mounted there.
     *
     * @param root "/proc", but for tests
     */
    public ProcFs(Path root) {
        this.root = root + "/";
    }

    public @Nullable ProcessStat stat(int pid) {
        ProcText text = read(pid, "stat", LONGEST_FILE);
        return text == null ? null : ProcessStat.parse(text);
    }

    public @Nullable ProcessStatus status(int pid) {
        ProcText text = read(pid, "status", LONGEST_FILE);
        return text == null ? null : ProcessStatus.parse(text);
    }

    /** How a zombie ended, as wait(2) will tell its parent. The kernel shows 0 to readers who may not know it. */
    public @Nullable Integer exitStatus(int pid) {
        ProcText text = read(pid, "stat", LONGEST_FILE);
        return text == null ? null : ProcessStat.exitStatus(text);
    }

    /** The argument list as the process's memory has it, empty for a zombie; a cut one ends in "…". */
    public List<String> arguments(int pid) {
        ProcText text = read(pid, "cmdline", ARGUMENT_BYTES);
        return text == null ? List.of() : arguments(text);
    }

    private static List<String> arguments(ProcText text) {
        List<String> arguments = new ArrayList<>();
        while (text.hasMore()) {
            arguments.add(text.until('\0'));
        }
        if (text.length() == ARGUMENT_BYTES) {
            arguments.set(arguments.size() - 1, arguments.getLast() + "…");
        }
        return List.copyOf(arguments);
    }

    /** PIDs of the children of all threads of the process. */
    public List<Integer> children(int pid, int threads) {
        List<Integer> children = new ArrayList<>();
        for (int thread : threads > 1 ? threads(pid) : List.of(pid)) {
            ProcText text = read(pid, "task/" + thread + "/children", LONGEST_FILE);
            if (text != null) {
                children.addAll(text.numbers());
            }
        }
        return children;
    }

    /** TIDs of the threads of the process. All other methods here accept a TID in place of a PID. */
    public List<Integer> threads(int pid) {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of(path(pid, "task")))) {
            List<Integer> threads = new ArrayList<>();
            tasks.forEach(task -> threads.add(Integer.valueOf(String.valueOf(task.getFileName()))));
            return threads;
        } catch (IOException | DirectoryIteratorException gone) {
            return List.of();
        }
    }

    /**
     * The namespace that the process is in, null if that may not be seen.
     *
     * @param link a name in /proc/PID/ns: "pid", "pid_for_children"
     */
    public @Nullable NamespaceId namespace(int pid, String link) {
        return namespace(namespaceFile(pid, link));
    }

    private static @Nullable NamespaceId namespace(String link) {
        String target = readLink(link);
        return target == null ? null : NamespaceId.parse(target);
    }

    /** The process's root directory, as a path in its mount namespace: "/" unless it was changed by chroot(2). */
    public @Nullable String rootDirectory(int pid) {
        return readLink(path(pid, "root"));
    }

    public @Nullable MountTable mounts(int pid) {
        return mounts(pid, null);
    }

    /**
     * The process's mounts.
     *
     * @param before what was read before; returned itself if nothing has changed
     */
    public @Nullable MountTable mounts(int pid, @Nullable MountTable before) {
        ProcText text = read(pid, MOUNTINFO, LONGEST_FILE);
        if (text == null || (before != null && before.isOf(text))) {
            return text == null ? null : before;
        }
        return ProcMounts.parse(text);
    }

    /** Names of the interfaces in the process's network namespace; null if they cannot be read. */
    public @Nullable List<String> interfaces(int pid) {
        ProcText text = read(pid, DEVICES, LONGEST_FILE);
        if (text == null) {
            return null;
        }
        text.skipLine();
        text.skipLine(); // two lines of headings
        List<String> names = new ArrayList<>();
        while (text.hasMore()) {
            names.add(text.until(':').strip());
            text.skipLine();
        }
        return names;
    }

    /** The map of the process's user namespace, with the uids of our own on the outside. */
    public UidMap uidMap(int pid) {
        ProcText text = read(pid, "uid_map", LONGEST_FILE);
        return UidMap.parse(text == null ? ProcText.of("") : text);
    }

    String namespaceFile(int pid, String link) {
        return path(pid, "ns/" + link);
    }

    private String path(int pid, String file) {
        return root + pid + "/" + file;
    }

    private static @Nullable String readLink(String path) {
        try {
            return Files.readSymbolicLink(Path.of(path)).toString();
        } catch (IOException gone) {
            return null;
        }
    }

    private @Nullable ProcText read(int pid, String file, int most) {
        try (FileInputStream in = new FileInputStream(path(pid, file))) {
            byte[] bytes = new byte[CHUNK];
            int length = 0;
            boolean isList = file.equals(MOUNTINFO) || file.equals(DEVICES);
            boolean more = true;
            while (more && length < most) {
                bytes = length == bytes.length ? Arrays.copyOf(bytes, length * 2) : bytes;
                int got = in.read(bytes, length, Math.min(CHUNK, bytes.length - length));
                length += Math.max(got, 0);
                more = isList ? got > 0 : got == CHUNK;
            }
            return new ProcText(bytes, Math.min(length, most));
        } catch (IOException gone) {
            return null;
        }
    }
}
