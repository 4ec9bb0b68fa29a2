package dev.nslab.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a sandbox ended: a code, and what that code speaks of.
 *
 * @param time of IDLE, how long nobody used it; of LIFETIME, how long it could live
 * @param offence of WATCHDOG
 * @param detail of RESET_FAILED: which step failed, why, and what an operator can do
 * @param words the same in an English sentence, for logs and for clients that do not know the codes
 */
public record EndReason(
        Code code,
        @Nullable Duration time,
        @Nullable Offence offence,
        @Nullable String detail,
        String words) {

    /** The names are part of the public contract: pages have words for each of them. */
    public enum Code {
        /** Somebody who may do so ended it. */
        REQUESTED,
        IDLE,
        LIFETIME,
        SERVER_STOPPED,
        /** Its init was killed from outside: by an operator, or by the kernel when memory was short. */
        INIT_KILLED,
        /** Its init said what no init of this server says, so a learner may have taken it over. */
        INIT_HIJACKED,
        WATCHDOG,
        /** It was ended for a reset and could not be started again. */
        RESET_FAILED
    }

    public static final EndReason REQUESTED = of(Code.REQUESTED, "The sandbox was ended.");

    static final EndReason SERVER_STOPPED = of(Code.SERVER_STOPPED, "The server was stopped.");

    static final EndReason INIT_KILLED = of(Code.INIT_KILLED, "its init was killed from outside the sandbox");

    static final EndReason INIT_HIJACKED =
            of(Code.INIT_HIJACKED, "its init said what it never says, and was ended; it may be in other hands");

    public static EndReason idle(Duration time) {
        return new EndReason(Code.IDLE, time, null, null, "The sandbox was idle for " + inWords(time) + ".");
    }

    public static EndReason lifetime(Duration time) {
        return new EndReason(
                Code.LIFETIME, time, null, null, "The sandbox reached its lifetime of " + inWords(time) + ".");
    }

    public static EndReason watchdog(Offence offence) {
        return new EndReason(Code.WATCHDOG, null, offence, null, "the server's watchdog ended it: " + offence.words());
    }

    static EndReason resetFailed(SandboxException failure) {
        String detail = String.valueOf(failure.getMessage());
        return new EndReason(Code.RESET_FAILED, null, null, detail, detail);
    }

    private static EndReason of(Code code, String words) {
        return new EndReason(code, null, null, null, words);
    }

    private static String inWords(Duration time) {
        if (time.toSeconds() % 3600 == 0) {
            return count(time.toHours(), "hour");
        }
        return time.toMinutes() > 0 ? count(time.toMinutes(), "minute") : count(time.toSeconds(), "second");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
