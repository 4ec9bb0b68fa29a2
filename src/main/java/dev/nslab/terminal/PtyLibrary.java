package dev.nslab.terminal;

import com.pty4j.unix.PtyHelpers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * pty4j's native library. pty4j unpacks it into a folder for temporary files and leaves it there, one more at each run. A
 * library needs no name once it is loaded (mmap(2)), so here its folder goes at once.
 */
final class PtyLibrary {

    private static final String UNPACK_INTO = "pty4j.tmpdir";

    private static boolean loaded;

    private PtyLibrary() {}

    /** @param master any PTY's: pty4j loads its library when it is first asked for a size */
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
