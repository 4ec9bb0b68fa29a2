package dev.nslab.store;

import org.jspecify.annotations.Nullable;

/** The lab's data can be neither read nor written at the moment. The message tells an operator why, and what to do. */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
