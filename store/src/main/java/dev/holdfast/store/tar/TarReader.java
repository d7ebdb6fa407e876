package dev.holdfast.store.tar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a tar (ustar, pax, GNU) from its first to its last byte, one entry at a time. Call {@link #next}, then for a file
 * {@link #read} until it answers -1; what is not read is skipped. Anything malformed, cut off or of a kind that no data
 * directory has (devices, pipes, hard links, sparse files) is {@link BadTar}. For one thread; closes nothing.
 */
public final class TarReader {
    private static final int RECORD = 512;
    private static final int MOST_EXTENDED = 1 << 20;
    private static final byte[] NONE = {};

    private final InputStream in;
    private final byte[] header = new byte[RECORD];
    private final byte[] skipped = new byte[64 << 10];
    private long position;
    private long left;
    private int padding;
    private boolean ended;

    /** Begins to read {@code in}, which should be buffered. */
    public TarReader(InputStream in) {
        this.in = in;
    }

    /** The next entry; null after the last one, when the rest of the stream has been read and was zeros. */
    public TarEntry next() throws IOException {
        if (ended) {
            return null;
        }
        finishEntry();
        PaxFields extended = new PaxFields();
        while (true) {
            if (!readHeader()) {
                ended = true;
                return null;
            }
            long size = TarNumbers.number(header, 124, 12, "the size");
            if (size < 0) {
                throw bad("an entry has the size " + size);
            }
            char type = (char) (header[156] & 0xff);
            switch (type) {
                case 'x' -> extended.read(extended(size));
                case 'L' -> extended.put("path", untilNul(extended(size)));
                case 'K' -> extended.put("linkpath", untilNul(extended(size)));
                // global headers carry comments; what they could say about names and sizes nobody writes there
                case 'g' -> extended(size);
                default -> {
                    return entry(type, size, extended);
                }
            }
        }
    }

    /** Bytes of the entry's content: at least one, or -1 at its end. */
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count;
        try {
            count = in.read(target, offset, (int) Math.min(length, left));
        } catch (EOFException e) {
            throw cutOff(); // what GZIPInputStream says of a file that ends too early
        }
        if (count < 0) {
            throw cutOff();
        }
        position += count;
        left -= count;
        return count;
    }

    private TarEntry entry(char flag, long size, PaxFields extended) throws IOException {
        byte[] name = extended.bytes("path", name());
        TarEntry.Type type = switch (flag) {
            // before POSIX a directory was a file whose name ends with a slash
            case '0', 0, '7' -> endsWithSlash(name) && size == 0 ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
            case '5' -> TarEntry.Type.DIRECTORY;
            case '2' -> TarEntry.Type.SYMBOLIC_LINK;
            default ->
                throw new BadTar(
                        "entry " + TarEntry.display(name) + " is " + kind(flag) + ", which no data directory has");
        };
        long bytes = extended.number("size", size);
        if (bytes < 0) {
            throw bad("an entry has the size " + bytes);
        }
        boolean file = type == TarEntry.Type.FILE;
        left = bytes;
        padding = (int) (-bytes & RECORD - 1);
        if (!file) {
            finishEntry();
        }
        long[] time = extended.time("mtime");
        return new TarEntry(
                type,
                withoutSlashes(name),
                (int) TarNumbers.number(header, 100, 8, "the mode") & 07777,
                extended.number("uid", TarNumbers.number(header, 108, 8, "the uid")),
                extended.number("gid", TarNumbers.number(header, 116, 8, "the gid")),
                extended.text("uname", utf8(265)),
                extended.text("gname", utf8(297)),
                time == null ? TarNumbers.number(header, 136, 12, "the time") : time[0],
                time == null ? 0 : (int) time[1],
                file ? bytes : 0,
                type == TarEntry.Type.SYMBOLIC_LINK
                        ? extended.bytes("linkpath", TarNumbers.text(header, 157, 100))
                        : NONE);
    }

    private byte[] name() {
        byte[] name = TarNumbers.text(header, 0, 100);
        boolean posix = Arrays.equals(header, 257, 263, new byte[] {'u', 's', 't', 'a', 'r', 0}, 0, 6);
        byte[] prefix = posix ? TarNumbers.text(header, 345, 155) : NONE;
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    /** Reads a header; false at the end of the archive, when everything behind it was read. */
    private boolean readHeader() throws IOException {
        long start = position;
        int count = readUpTo(header, RECORD);
        if (count == 0) {
            throw bad("it ends without the empty records that end a tar");
        }
        if (count < RECORD) {
            throw cutOff();
        }
        if (isZero(header, RECORD)) {
            readEnd();
            return false;
        }
        long sum = 8L * ' ';
        for (int i = 0; i < RECORD; i++) {
            sum += i >= 148 && i < 156 ? 0 : header[i] & 0xff;
        }
        if (sum != TarNumbers.number(header, 148, 8, "the checksum")) {
            position = start;
            throw bad("a header does not have its checksum");
        }
        return true;
    }

    private void readEnd() throws IOException {
        int count = readUpTo(skipped, skipped.length);
        while (count > 0) {
            if (!isZero(skipped, count)) {
                throw bad("something follows the end of the tar");
            }
            count = readUpTo(skipped, skipped.length);
        }
    }

    private byte[] extended(long size) throws IOException {
        if (size > MOST_EXTENDED) {
            throw bad("an extended header of " + size + " bytes");
        }
        byte[] bytes = new byte[(int) size];
        if (readUpTo(bytes, bytes.length) < bytes.length) {
            throw cutOff();
        }
        padding = (int) (-size & RECORD - 1);
        finishEntry();
        return bytes;
    }

    private void finishEntry() throws IOException {
        while (left > 0) {
            if (read(skipped, 0, skipped.length) < 0) {
                throw cutOff();
            }
        }
        int count = readUpTo(skipped, padding);
        if (count < padding) {
            throw cutOff();
        }
        padding = 0;
    }

    private int readUpTo(byte[] target, int length) throws IOException {
        try {
            int count = in.readNBytes(target, 0, length);
            position += count;
            return count;
        } catch (EOFException e) {
            throw cutOff(); // what GZIPInputStream says of a file that ends too early
        }
    }

    private BadTar bad(String what) {
        return new BadTar("the tar is malformed at byte " + position + ": " + what);
    }

    private BadTar cutOff() {
        return new BadTar("the archive is cut off after byte " + position + " of its tar");
    }

    private String utf8(int offset) {
        return new String(TarNumbers.text(header, offset, 32), StandardCharsets.UTF_8);
    }

    private static String kind(char flag) {
        return switch (flag) {
            case '1' -> "a hard link";
            case '3' -> "a character device";
            case '4' -> "a block device";
            case '6' -> "a pipe";
            case 'S' -> "a sparse file";
            default -> "of the unknown type '" + (flag > ' ' && flag < 127 ? flag : '?') + "'";
        };
    }

    private static boolean endsWithSlash(byte[] name) {
        return name.length > 0 && name[name.length - 1] == '/';
    }

    private static byte[] withoutSlashes(byte[] name) {
        int end = name.length;
        while (end > 1 && name[end - 1] == '/') {
            end--;
        }
        return end == name.length ? name : Arrays.copyOf(name, end);
    }

    private static byte[] untilNul(byte[] bytes) {
        return TarNumbers.text(bytes, 0, bytes.length);
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
