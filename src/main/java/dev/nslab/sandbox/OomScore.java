package dev.nslab.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom the kernel ends first when the machine has no memory left (proc_pid_oom_score_adj(5)). */
final class OomScore {
    private static final Logger log = LoggerFactory.getLogger(OomScore.class);

    /** Of processes of learners, and of their init. */
    static final String FIRST = "1000";

    /** Not -1000, which is never: a server that takes all memory itself must go. */
    private static final String LAST = "-900";

    private static final String NOBODY_CARED = "0";

    private OomScore() {}

    /**
     * Puts a process last, unless whoever started it has chosen its place, or this process may not (CAP_SYS_RESOURCE).
     *
     * @param process below /proc
     */
    static void last(Path process) {
        Path score = process.resolve("oom_score_adj");
        try {
            if (Files.readString(score).strip().equals(NOBODY_CARED)) Files.writeString(score, LAST);
        } catch (IOException e) {
            log.debug("the server is ended like others when the machine has no memory left", e);
        }
    }
}
