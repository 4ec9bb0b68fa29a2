package dev.nslab.account;

/**
 * Somebody who has sandboxes of their own. Two requests come from the same learner exactly if these are equal.
 *
 * @param id never the secret that the learner showed, so it may be logged
 */
public record Learner(String id) {

    /** The person at this machine, who needs no sign-in in personal mode. */
    static final Learner LOCAL = new Learner("local");

    /** Whoever shows a cookie that is none of this server's: owns nothing, and never will. */
    static final Learner UNKNOWN = new Learner("unknown");

    /** Whether this is somebody who may own something. */
    public boolean isKnown() {
        return !equals(UNKNOWN);
    }
}
