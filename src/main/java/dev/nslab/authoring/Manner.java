package dev.nslab.authoring;

/** How the solutions of a lesson are played: as they are written, or as another learner might do the same. */
enum Manner {
    AS_WRITTEN("", false) {
        @Override
        String line(String written) {
            return written;
        }
    },
    WITH_SH(" (played with sh and long options)", false) {
        @Override
        String line(String written) {
            return Wording.withLongOptions(Wording.withShell("sh", written));
        }
    },
    WITH_DASH(" (played with dash, and a sleep left over from before)", true) {
        @Override
        String line(String written) {
            return Wording.withShell("dash", written);
        }
    };

    private final String words;
    private final boolean littered;

    Manner(String words, boolean littered) {
        this.words = words;
        this.littered = littered;
    }

    /** Whether something of before the lesson is left. */
    boolean isLittered() {
        return littered;
    }

    abstract String line(String written);

    /** For a fault's end. */
    @Override
    public String toString() {
        return words;
    }
}
