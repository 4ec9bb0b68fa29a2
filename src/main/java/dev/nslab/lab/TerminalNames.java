package dev.nslab.lab;

import java.util.BitSet;

/**
 * Names of the terminals in one sandbox: "tty1", "tty2", …, always the lowest that is free, up to the number of
 * terminals allowed.
 */
final class TerminalNames {

    private static final String PREFIX = "tty";

    private final int most;
    private final BitSet taken = new BitSet();

    TerminalNames(int most) {
        this.most = most;
    }

    static String of(int number) {
        return PREFIX + number;
    }

    synchronized String take() {
        int number = taken.nextClearBit(1);
        if (number > most) {
            throw LabException.tooManyTerminals(most);
        }
        taken.set(number);
        return of(number);
    }

    synchronized void free(String name) {
        taken.clear(Integer.parseInt(name.substring(PREFIX.length())));
    }

    synchronized boolean isFull() {
        return taken.cardinality() >= most;
    }
}
