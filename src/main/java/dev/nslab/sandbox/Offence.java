package dev.nslab.sandbox;

import java.util.Locale;

/** What one sandbox can do to all others that no cgroup sees. The names are part of the public contract. */
public enum Offence {
    /** Packets go round by themselves, in a loop of bridges say: softirqs move them, and no process is charged. */
    LOOP("packets went round in its networks, sent by no process", true),

    /** Its processes have softirqs do more than they could do themselves. */
    FLOOD("its networks moved more packets than all its processors are worth", true),

    /** The same as a loop, in a network namespace that nobody is in and that is open nowhere but in a socket's queue. */
    HIDDEN("packets went round in a network that it hides", false),

    /** Queues, groups and whatever else links have cost memory that the kernel charges nobody with. */
    MEMORY("its links took memory of the kernel's that belongs to nobody", false),

    /** Whoever changes links keeps everybody else from it, a new sandbox too. */
    LINKS("its programs kept all others from making links and sandboxes", false),

    /** Each costs a thread of the kernel's, and outlives the sandbox for minutes. */
    TRIGGERS("it asked to be woken by the machine's pressure many times over", false);

    private final String words;
    private final boolean endsWithLinks;

    Offence(String words, boolean endsWithLinks) {
        this.words = words;
        this.endsWithLinks = endsWithLinks;
    }

    /** Whether the evidence against one may be another's doing: what it fits is the machine's. */
    boolean fitsSeveral() {
        return this == MEMORY || this == LINKS || this == HIDDEN;
    }

    /** As it stands on the wire: "loop". */
    public String onWire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it did, in English, for logs and for clients that do not know the codes. */
    String words() {
        return words;
    }

    /** Whether it is over once the sandbox's links are down. */
    boolean endsWithLinks() {
        return endsWithLinks;
    }
}
