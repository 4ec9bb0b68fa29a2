package dev.nslab.sandbox;

/**
 * A way in which one sandbox can harm all others without any cgroup counting it. The names are part of the public
 * contract.
 */
public enum Offence {
    /**
     * Packets circle by themselves, for example in a loop of bridges: softirqs move them, and no process is charged.
     */
    LOOP("packets went round in its networks, sent by no process", true),

    /** Its processes cause more work in softirqs than they could do themselves. */
    FLOOD("its networks moved more packets than all its processors are worth", true),

    /**
     * The same as a loop, but in a network namespace that contains no process and is open only in the queue of a
     * socket.
     */
    HIDDEN("packets went round in a network that it hides", false),

    /** Queues, groups and other parts of links take memory that the kernel charges to nobody. */
    MEMORY("its links took memory of the kernel's that belongs to nobody", false),

    /** While its programs change links, nobody else can, not even a new sandbox. */
    LINKS("its programs kept all others from making links and sandboxes", false),

    /** Each takes a kernel thread, and outlives the sandbox by minutes. */
    TRIGGERS("it asked to be woken by the machine's pressure many times over", false);

    private final String words;
    private final boolean endsWithLinks;

    Offence(String words, boolean endsWithLinks) {
        this.words = words;
        this.endsWithLinks = endsWithLinks;
    }

    /** Whether the evidence may fit several sandboxes, because it consists of counts of the whole machine. */
    public boolean fitsSeveral() {
        return this == MEMORY || this == LINKS || this == HIDDEN;
    }

    /** What it did, in English, for logs and for clients that do not know the codes. */
    public String words() {
        return words;
    }

    /** Whether it stops when the sandbox's links are taken down. */
    public boolean endsWithLinks() {
        return endsWithLinks;
    }
}
