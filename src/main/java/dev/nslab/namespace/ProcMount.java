package dev.nslab.namespace;

import java.util.Locale;

/** Whose processes a process finds in /proc. Written in small letters, also in JSON. */
public enum ProcMount {
    /** Those of its own PID namespace. */
    OWN,

    /** Those of another PID namespace, or of one that is no more: ps(1) lies to it. */
    FOREIGN,

    /** Nobody's: there is no proc file system, or the process is a zombie. */
    NONE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
