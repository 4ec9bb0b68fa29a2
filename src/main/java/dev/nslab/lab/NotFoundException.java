package dev.nslab.lab;

/** There is no such thing, or it is somebody else's: the asker cannot tell one from the other. */
final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotFoundException(String what) {
        super("There is no such " + what + ", or it is not yours.");
    }
}
