package dev.nslab.lab;

/** The sandbox has as many terminals as it may have. */
final class TooManyTerminalsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooManyTerminalsException(int most) {
        super("This sandbox has %d terminals, which is all that it may have. Close one first.".formatted(most));
    }
}
