package dev.holdfast.unpack;

import dev.holdfast.unpack.TarEntry.Type;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the tar format as Holdfast writes it ({@code docs/format-archive.md}): POSIX ustar with pax headers for what
 * does not fit; files, directories and symbolic links. Anything else is refused, unless it is what GNU tar and the like
 * write for the same three, and those are asked for.
 */
final class TarReader {
    private static final int RECORD = 512;
    private static final int MAX_PAX = 1 << 20;

    private final InputStream in;
    private final boolean foreign;
    private long left;
    private int padding;

    /** Reads from {@code in}, which is plain tar. */
    TarReader(InputStream in, boolean foreign) {
        this.in = in;
        this.foreign = foreign;
    }

    /** The next entry, null at the end. What was not read of the one before is skipped. */
    TarEntry next() throws IOException {
        in.skipNBytes(left + padding);
        left = 0;
        padding = 0;
        Map<String, byte[]> pax = Map.of();
        while (true) {
            byte[] header = record();
            if (isZero(header)) {
                requireEnd();
                return null;
            }
            check(header);
            char type = (char) header[156];
            if (type == 'x') {
                if (!pax.isEmpty()) {
                    throw new BadArchive("the archive has two pax headers in a row");
                }
                pax = pax(number(header, 124, 12));
                continue;
            }
            if (foreign && (type == 'L' || type == 'K')) {
                pax = new HashMap<>(pax);
                pax.put(type == 'L' ? "path" : "linkpath", text(content(number(header, 124, 12))));
                continue;
            }
            if (foreign && type == 'g') {
                content(number(header, 124, 12)); // a remark on the whole archive
                continue;
            }
            return entry(header, type, pax);
        }
    }

    /** Reads bytes of the current file; -1 at its end. */
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
            throw new EOFException("the archive ends within a file");
        }
        left -= count;
        return count;
    }

    private TarEntry entry(byte[] header, char type, Map<String, byte[]> pax) {
        byte[] path = pax.getOrDefault("path", name(header));
        Type kind = switch (foreign && type == 0 ? '0' : type) {
            case '0' -> Type.FILE;
            case '5' -> Type.DIRECTORY;
            case '2' -> Type.SYMBOLIC_LINK;
            default ->
                throw new BadArchive("the archive has an entry of type '" + type + "', which Holdfast does not make: "
                        + shown(path));
        };
        long size = number(pax, "size", number(header, 124, 12));
        if (size < 0 || kind != Type.FILE && size != 0) {
            throw new BadArchive("the archive has an entry of an impossible size, " + size + ": " + shown(path));
        }
        left = size;
        padding = (int) (-size & (RECORD - 1));
        return new TarEntry(
                kind,
                trimSlash(path),
                (int) number(header, 100, 8) & 07777,
                number(pax, "uid", number(header, 108, 8)),
                number(pax, "gid", number(header, 116, 8)),
                size,
                number(pax, "mtime", number(header, 136, 12)),
                kind == Type.SYMBOLIC_LINK ? pax.getOrDefault("linkpath", text(header, 157, 100)) : null);
    }

    private static byte[] name(byte[] header) {
        byte[] name = text(header, 0, 100);
        byte[] prefix = text(header, 345, 155);
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    private Map<String, byte[]> pax(long length) throws IOException {
        byte[] records = content(length);
        Map<String, byte[]> values = new HashMap<>();
        int at = 0;
        while (at < records.length) {
            int space = indexOf(records, ' ', at);
            int end = at + (int) decimal(Arrays.copyOfRange(records, at, space));
            int equals = indexOf(records, '=', space);
            if (end <= equals || end > records.length || records[end - 1] != '\n') {
                throw new BadArchive("the archive has a damaged pax header");
            }
            String key = new String(records, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            values.put(key, Arrays.copyOfRange(records, equals + 1, end - 1));
            at = end;
        }
        return values;
    }

    private byte[] content(long length) throws IOException {
        if (length < 0 || length > MAX_PAX) {
            throw new BadArchive("the archive has a pax header of " + length + " bytes");
        }
        byte[] content = in.readNBytes((int) length);
        if (content.length != length) {
            throw new EOFException("the archive ends within a pax header");
        }
        in.skipNBytes(-length & (RECORD - 1));
        return content;
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new BadArchive("the archive has a damaged pax header");
    }

    private static long number(Map<String, byte[]> pax, String key, long otherwise) {
        byte[] text = pax.get(key);
        return text == null ? otherwise : decimal(text);
    }

    private static long decimal(byte[] text) {
        try {
            return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw new BadArchive("the archive has a damaged pax header: " + shown(text) + " is no number");
        }
    }

    /** Octal, or base 256 when the top bit of the first byte is set. */
    private static long number(byte[] header, int offset, int length) {
        if (header[offset] < 0) {
            // 0x80 begins a number from 0 up, 0xff one below; the sign of the first byte is that of the number
            long value = header[offset] == (byte) 0x80 ? 0 : -1;
            for (int i = 1; i < length; i++) {
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            int c = header[offset + i];
            if (c == 0 || c == ' ') {
                break;
            }
            if (c < '0' || c > '7') {
                throw new BadArchive("the archive has a damaged header");
            }
            value = value << 3 | c - '0';
        }
        return value;
    }

    private static byte[] text(byte[] field) {
        return text(field, 0, field.length);
    }

    private static byte[] text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(header, offset, end);
    }

    private static void check(byte[] header) {
        long sum = 0;
        for (int i = 0; i < RECORD; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        boolean ustar = new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar");
        if (!ustar || number(header, 148, 8) != sum) {
            throw new BadArchive("the archive has a damaged header");
        }
    }

    private void requireEnd() throws IOException {
        byte[] rest = new byte[RECORD];
        long more = 0;
        for (int count = in.read(rest); count >= 0; count = in.read(rest)) {
            if (!isZero(Arrays.copyOf(rest, count))) {
                throw new BadArchive("the archive has no proper end");
            }
            more += count;
        }
        if (more < RECORD) {
            throw new BadArchive("the archive has no proper end");
        }
    }

    private byte[] record() throws IOException {
        byte[] record = in.readNBytes(RECORD);
        if (record.length != RECORD) {
            throw new EOFException("the archive ends too early");
        }
        return record;
    }

    private static byte[] trimSlash(byte[] path) {
        return path.length > 0 && path[path.length - 1] == '/' ? Arrays.copyOf(path, path.length - 1) : path;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of a name for people. */
    static String shown(byte[] name) {
        return new String(name, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
