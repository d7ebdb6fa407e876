package dev.holdfast.store.cipher.kmip;

import java.io.IOException;

/** Bytes that are no TTLV, or not what was asked for: whoever answers is no KMIP server, or one with a fault. */
final class BadTtlv extends IOException {
    private static final long serialVersionUID = 1;

    BadTtlv(String what) {
        super("the answer is not as KMIP has it: " + what);
    }
}
