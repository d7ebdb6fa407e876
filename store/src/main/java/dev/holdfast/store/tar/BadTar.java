package dev.holdfast.store.tar;

import java.io.IOException;

/** A tar that is damaged, or that holds something no archive of a data directory has. */
public final class BadTar extends IOException {
    private static final long serialVersionUID = 1;

    /** {@code message} names the entry or the offset. */
    public BadTar(String message) {
        super(message);
    }
}
