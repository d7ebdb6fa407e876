package dev.holdfast.store;

/**
 * A {@code .tar.gz} that exists only as a plan: its length, its entity tag and each of its bytes are known before the
 * first one is sent, and the same archive always has the same bytes. Safe for several threads.
 */
public interface Archive {
    /** Bytes of the archive. */
    long length();

    /** 64 hexadecimal digits that change whenever any byte of the archive would; the text of a strong ETag. */
    String entityTag();

    /**
     * Opens bytes {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= length()}
     */
    ArchiveReader read(long from, long to);
}
