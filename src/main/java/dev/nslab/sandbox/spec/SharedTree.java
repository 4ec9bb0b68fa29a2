package dev.nslab.sandbox.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of the lab that are the same in every sandbox, created once and read-only: /opt/nslab. They include the
 * part of /opt/rootfs that comes from the machine: busybox, and the links by which its programs are called.
 *
 * @param path on this machine; null if it could not be created, and sandboxes do without it
 * @param hasRoot whether there is a busybox for it
 */
public record SharedTree(@Nullable Path path, boolean hasRoot) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SharedTree.class);

    private static final String PREFIX = "nslab-shared-";

    public static SharedTree make() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            for (Path left : ServerFolders.ofDeadServers(folder, PREFIX)) {
                new SharedTree(left, false).close();
            }
            return make(ServerFolders.make(folder, PREFIX));
        } catch (IOException e) {
            log.warn("Sandboxes go without sudo and /opt/rootfs: {}", e.toString());
            return new SharedTree(null, false);
        }
    }

    private static SharedTree make(Path path) throws IOException {
        try {
            Files.writeString(path.resolve("hints"), SandboxFiles.resource("hints"));
            Files.writeString(
                    Files.createDirectory(path.resolve("bin")).resolve("sudo"), SandboxFiles.resource("sudo"));
            Optional<Path> busybox = Busybox.find();
            if (busybox.isPresent()) {
                fill(Files.createDirectories(path.resolve("rootfs/bin")), busybox.get());
            }
            forEach(path, SharedTree::letBeRead);
            return new SharedTree(path, busybox.isPresent());
        } catch (IOException e) {
            forEach(path, Files::delete);
            throw e;
        }
    }

    private static void fill(Path bin, Path busybox) throws IOException {
        Files.copy(busybox, bin.resolve("busybox"));
        for (String applet : Busybox.applets(busybox)) {
            if (!applet.equals("busybox")) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        }
    }

    private interface Action {
        void on(Path file) throws IOException;
    }

    /** The contents of a folder come before the folder itself. */
    private static void forEach(Path path, Action action) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            action.on(file);
        }
    }

    /** Regardless of the server's umask, because a sandbox's root is another user. */
    private static void letBeRead(Path file) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /**
     * The upper layer of the small root belongs to the sandbox, so that a learner who works with it owns it; the lower
     * layer is this tree.
     */
    public void addTo(SandboxSpec spec) {
        if (path == null) {
            return;
        }
        spec.add("shared", path.toString()).add("shared-at", "opt/nslab");
        if (!hasRoot) {
            return;
        }
        for (String directory : SmallRoot.DIRECTORIES) {
            spec.add("directory", directory);
        }
        SmallRoot.LINKS.forEach((link, target) -> spec.add("link", link + " " + target));
        SmallRoot.FILES.forEach((file, content) -> spec.add("file", file + "\n" + content));
        spec.add("layers", "opt/rootfs\nopt/rootfs:opt/nslab/rootfs");
    }

    @Override
    public void close() {
        if (path == null || !Files.exists(path)) {
            return;
        }
        try {
            forEach(path, Files::delete);
        } catch (IOException e) {
            log.warn("{} could not be deleted: {}", path, e.toString());
        }
    }
}
