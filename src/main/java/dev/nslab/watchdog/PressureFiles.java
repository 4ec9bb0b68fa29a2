package dev.nslab.watchdog;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files by which a process can have the kernel watch how busy the machine is (Documentation/accounting/psi.rst). Their
 * mode is 0666. The watching is done by a kernel thread of real-time priority, and the kernel considers a sandbox's
 * root privileged enough to start one.
 */
final class PressureFiles {
    private static final Logger log = LoggerFactory.getLogger(PressureFiles.class);

    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

    private PressureFiles() {}

    /**
     * Makes the files writable for root only. This lasts until the machine restarts, and also applies in every proc
     * that is mounted from then on. The machine's root is not mapped in a sandbox, so no capability in there helps.
     *
     * @param folder /proc/pressure, except in tests; a kernel that does not watch pressure has none
     */
    static void close(Path folder) {
        List<Path> closed = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                    continue;
                }
                Files.setPosixFilePermissions(file, READ_ONLY);
                closed.add(file);
            }
        } catch (IOException e) {
            log.debug("learners may ask the kernel to watch pressure", e);
        }
        if (!closed.isEmpty()) {
            log.info(
                    "Until the machine restarts, only its root may write {}: see docs/OPERATING.md. Back: chmod 666",
                    closed);
        }
    }
}
