package dev.nslab.sandbox.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which process the kernel ends first when the machine has no memory left (proc_pid_oom_score_adj(5)). */
public final class OomScore {
    private static final Logger log = LoggerFactory.getLogger(OomScore.class);

    /** The score of learners' processes, and of their init. */
    static final String FIRST = "1000";

    /** Not -1000, which means never: a server that itself takes all memory has to end. */
    private static final String LAST = "-900";

    private static final String NOBODY_CARED = "0";

    private OomScore() {}

    /**
     * Lets a process be ended last, unless whatever started it has set another value, or this process may not do so
     * (CAP_SYS_RESOURCE).
     *
     * @param process below /proc
     */
    public static void last(Path process) {
        Path score = process.resolve("oom_score_adj");
        try {
            if (Files.readString(score).strip().equals(NOBODY_CARED)) {
                Files.writeString(score, LAST);
            }
        } catch (IOException e) {
            log.debug("the server is ended like others when the machine has no memory left", e);
        }
    }
}
