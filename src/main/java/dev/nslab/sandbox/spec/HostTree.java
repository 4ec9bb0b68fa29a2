package dev.nslab.sandbox.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a sandbox shows of this machine, all of it read-only: the programs and libraries below /usr, and the few files
 * of /etc that programs need to run at all. Nothing that is listed here contains data of people or of the server.
 */
final class HostTree {
    /** Links into /usr on a merged system, directories of their own on others. */
    private static final List<String> TOP = List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    private static final List<String> SYSTEM_FILES = List.of(
            "/etc/alternatives",
            "/etc/iproute2",
            "/etc/ld.so.cache",
            "/etc/protocols",
            "/etc/services",
            "/etc/terminfo");

    private static final List<String> DEVICES =
            List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

    private HostTree() {}

    static void addTo(SandboxSpec spec) {
        spec.add("bind", "/usr");
        for (String path : TOP) {
            addTop(spec, Path.of(path));
        }
        for (String path : SYSTEM_FILES) {
            if (Files.exists(Path.of(path))) {
                spec.add("bind", path);
            }
        }
        for (String path : DEVICES) {
            spec.add("device", path);
        }
    }

    private static void addTop(SandboxSpec spec, Path path) {
        if (Files.isSymbolicLink(path)) {
            spec.add("link", path.toString().substring(1) + " " + target(path));
        } else if (Files.isDirectory(path)) {
            spec.add("bind", path.toString());
        }
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return Path.of("usr").resolve(link.getFileName());
        }
    }
}
