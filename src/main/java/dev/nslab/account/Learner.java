package dev.nslab.account;

/**
 * Somebody who has sandboxes of their own.
 *
 * @param id never the secret that the learner showed, so it may be logged
 */
public record Learner(String id) implements Caller {

    /** The person at this machine, who needs no sign-in in personal mode. */
    static final Learner LOCAL = new Learner("local");
}
