package dev.nslab.sandbox;

import java.util.Arrays;
import java.util.Locale;

/** What the helper tries; those whose failure an operator or learner can do something about have names. message.h has them, too. */
enum HelperStep {
    OTHER,
    MOUNT,
    MOUNT_PROC,
    WRITE_SYSCTL,
    UNSHARE_OUTER,
    CLONE_INNER,
    START_MAPPER,
    RUN_MAPPER,
    INSTALL_FILTER,
    OPEN_TERMINAL,
    FORK_SHELL,
    JOIN_TERMINALS,
    RUN_PROGRAM,
    /** The server's own: the helper is started. */
    START;

    /** The name of the step in the helper's messages: "mount-proc". */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException for a code that message.h does not know */
    static HelperStep parse(String code) {
        return Arrays.stream(values())
                .filter(step -> step.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown step of the helper"));
    }
}
