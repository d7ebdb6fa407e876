package dev.holdfast.contract.trouble;

/**
 * Stored bytes do not match what was written. Never retried silently and always loud: a restore that meets it is
 * broken off, and the message names the file and the offset.
 */
public final class Corruption extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String blob;
    private final long offset;

    /** Says that {@code blob} is damaged at {@code offset} bytes from its start. */
    public Corruption(String blob, long offset, String what) {
        super(blob + " is damaged at offset " + offset + ": " + what);
        this.blob = blob;
        this.offset = offset;
    }

    /** Name of the damaged file, relative to the store. */
    public String blob() {
        return blob;
    }

    /** Bytes from the start of the file to the damage (the start of the smallest unit that has a checksum). */
    public long offset() {
        return offset;
    }
}
