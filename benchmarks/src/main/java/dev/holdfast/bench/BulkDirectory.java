package dev.holdfast.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Writes a directory as large as it is told, of files of up to a GiB. Every block is another one, so nothing is deduplicated,
 * and each shrinks to a tenth or so, as records of equal shape do: the store of a huge directory fits beside it.
 */
final class BulkDirectory {
    private static final long FILE = 1L << 30;
    private static final int BLOCK = 64 << 10;
    private static final int RECORD = 256;
    private static final int DIGITS = 12;
    private static final int ID = 8;
    private static final int CUSTOMER = 34;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private BulkDirectory() {}

    /** Arguments: folder, MiB. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        long rest = Long.parseLong(arguments[1]) << 20;
        SplittableRandom random = new SplittableRandom(1);
        for (int file = 0; rest > 0; file++) {
            long bytes = Math.min(rest, FILE);
            write(folder.resolve("collection-" + file + ".wt"), bytes, random);
            rest -= bytes;
        }
    }

    private static void write(Path file, long bytes, SplittableRandom random) throws IOException {
        byte[] block = new byte[BLOCK];
        byte[] record = "{\"_id\":\"            \",\"customer\":\"            \",\"state\":\"DELIVERED\",\"lines\":[]} "
                .repeat(4)
                .getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long done = 0; done < bytes; done += BLOCK) {
                for (int at = 0; at < BLOCK; at += RECORD) {
                    System.arraycopy(record, 0, block, at, RECORD);
                    long digits = random.nextLong();
                    for (int i = 0; i < DIGITS; i++) {
                        block[at + ID + i] = HEX[(int) (digits >>> 4 * i) & 15];
                        block[at + CUSTOMER + i] = HEX[(int) (digits >>> 60 - 4 * i) & 15];
                    }
                }
                ByteBuffer out = ByteBuffer.wrap(block, 0, (int) Math.min(BLOCK, bytes - done));
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            }
        }
    }
}
