package dev.nslab.terminal;

import com.pty4j.unix.PtyHelpers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * pty4j's native library. At each run, pty4j unpacks it into a new temporary folder and leaves it there. A library
 * needs no file name once it is loaded (mmap(2)), so this class deletes the folder at once.
 */
final class PtyLibrary {

    private static final String UNPACK_INTO = "pty4j.tmpdir";

    private static boolean loaded;

    private PtyLibrary() {}

    /** @param master of any PTY, whose size is asked for, because that makes pty4j load its library */
    static synchronized void load(int master) throws IOException {
        if (loaded) {
            return;
        }
        Path folder = Files.createTempDirectory("nslab-pty4j-");
        System.setProperty(UNPACK_INTO, folder.toString());
        try {
            var _ = PtyHelpers.getWinSize(master, null);
            loaded = true;
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }
}
