package dev.holdfast.contract.segment;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Plain blocks of every kind that an encoder must cope with, and what zlib makes of them. */
final class Blocks {
    private Blocks() {}

    /** How the bytes of a block come about. */
    enum Kind {
        RANDOM,
        ZEROS,
        RUNS,
        PERIODIC,
        TEXT,
        FEW_SYMBOLS,
        SKEWED,
        HALF_RANDOM,
        DENSE,
        DENSE_WITH_REPEATS
    }

    /** Blocks of up to {@code maxLength} bytes, the edges of stored blocks among them. */
    static Arbitrary<byte[]> any(int maxLength) {
        Arbitrary<Integer> lengths = Arbitraries.integers()
                .between(0, maxLength)
                .edgeCases(edges -> edges.add(0, 1, 3, 4, 11, 12, 13, Math.min(65_535, maxLength), maxLength));
        return Combinators.combine(Arbitraries.of(Kind.class), lengths, Arbitraries.longs())
                .as(Blocks::make);
    }

    static byte[] make(Kind kind, int length, long seed) {
        Random random = new Random(seed);
        byte[] block = new byte[length];
        switch (kind) {
            case RANDOM -> random.nextBytes(block);
            case ZEROS -> {}
            case RUNS -> {
                for (int i = 0; i < length; ) {
                    byte value = (byte) random.nextInt();
                    for (int n = 1 + random.nextInt(1000); n > 0 && i < length; n--) {
                        block[i++] = value;
                    }
                }
            }
            case PERIODIC -> {
                // periods beyond 32768 must not become matches
                int period = 1 + random.nextInt(random.nextBoolean() ? 20 : 40_000);
                for (int i = 0; i < length; i++) {
                    block[i] = i < period ? (byte) random.nextInt() : block[i - period];
                }
            }
            case TEXT -> {
                StringBuilder text = new StringBuilder();
                while (text.length() < length) {
                    text.append("{ \"_id\" : ").append(random.nextInt(100_000)).append(", \"name\" : \"holdfast\" }\n");
                }
                System.arraycopy(text.toString().getBytes(StandardCharsets.US_ASCII), 0, block, 0, length);
            }
            case FEW_SYMBOLS -> {
                for (int i = 0; i < length; i++) {
                    block[i] = (byte) random.nextInt(3);
                }
            }
            case SKEWED -> {
                // frequencies that halve: unlimited codes would be longer than 15 bits
                for (int i = 0; i < length; i++) {
                    block[i] = (byte) (Long.numberOfTrailingZeros(random.nextLong()) * 37);
                }
            }
            case DENSE, DENSE_WITH_REPEATS -> {
                // like pages that were compressed before: a Huffman code saves an eighth, matches little or much
                for (int i = 0; i < length; i++) {
                    block[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt());
                }
                for (int i = 2000; kind == Kind.DENSE_WITH_REPEATS && i + 300 < length; i += 600) {
                    System.arraycopy(block, i - 1 - random.nextInt(1999), block, i, 300);
                }
            }
            case HALF_RANDOM -> {
                for (int i = 0; i < length; i++) {
                    block[i] = (byte) (i / 512 % 2 == 0 ? random.nextInt() : random.nextInt(40));
                }
            }
        }
        return block;
    }

    /** What zlib makes of a block, with a sync flush after each of {@code pieces} pieces. */
    static byte[] zlib(byte[] plain, int level, int strategy, int pieces) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        byte[] target = new byte[plain.length * 2 + 100 * (pieces + 1)];
        // the first call after a change of strategy may only change it, or write an empty block
        int written = deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH);
        for (int i = 0; i < pieces; i++) {
            int from = (int) ((long) plain.length * i / pieces);
            int to = (int) ((long) plain.length * (i + 1) / pieces);
            deflater.setInput(plain, from, to - from);
            written += deflater.deflate(target, written, target.length - written, Deflater.SYNC_FLUSH);
        }
        deflater.end();
        return Arrays.copyOf(target, written);
    }
}
