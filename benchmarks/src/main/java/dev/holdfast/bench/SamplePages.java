package dev.holdfast.bench;

import java.util.Random;

/** Blocks as a page store leaves them: stretches that are compressed already between keys and padding. */
final class SamplePages {
    private final Random random;

    SamplePages(long seed) {
        this.random = new Random(seed);
    }

    /** The next block of {@code size} bytes; about two thirds of it are left after compression. */
    byte[] next(int size) {
        byte[] block = new byte[size];
        int at = 0;
        while (at < size) {
            int end = Math.min(size, at + 16 + random.nextInt(600));
            int kind = random.nextInt(10);
            for (int i = at; i < end; i++) {
                block[i] = kind < 7 ? (byte) random.nextInt(160) : kind < 9 && i > 512 ? block[i - 512 + kind] : 0;
            }
            at = end;
        }
        return block;
    }
}
