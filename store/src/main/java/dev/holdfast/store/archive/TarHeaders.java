package dev.holdfast.store.archive;

import dev.holdfast.contract.agentapi.FileEntry;
import dev.holdfast.contract.agentapi.FileEntry.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Tar headers of entries under one top folder, to the letter of {@code docs/format-archive.md}. Written here rather
 * than by a library, because an archive must keep its bytes for as long as a part lives, whatever is upgraded. The
 * length of a header depends on the top folder's length only, never on its letters.
 *
 * <p>Source: POSIX.1-2001 pax, "ustar Interchange Format"; base-256 numbers as GNU tar writes them.
 */
final class TarHeaders {
    /** Tar counts in records of so many bytes. */
    static final int RECORD = 512;

    private static final int NAME = 100;
    private static final int LINK = 100;
    private static final int OWNER = 32;
    private static final int PREFIX = 155;
    private static final int NUMBER = 8;
    private static final int LONG_NUMBER = 12;

    private static final int IN_PAX = -1;
    private static final byte[] NO_BYTES = {};
    private static final byte[] PAX_NAME = "././@PaxHeader".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

    private final byte[] top;

    TarHeaders(byte[] topFolder) {
        this.top = topFolder.clone();
    }

    /** Zero bytes after {@code size} bytes of a file. */
    static int padding(long size) {
        return (int) (-size & (RECORD - 1));
    }

    /** Bytes of the entry's header, its pax header included. */
    int length(FileEntry entry) {
        byte[] pax = pax(entry, tarPath(entry));
        return RECORD + (pax.length == 0 ? 0 : RECORD + pax.length + padding(pax.length));
    }

    /** The entry's header, its pax header before it where one is needed. */
    byte[] bytes(FileEntry entry) {
        byte[] path = tarPath(entry);
        byte[] pax = pax(entry, path);
        int at = pax.length == 0 ? 0 : RECORD + pax.length + padding(pax.length);
        byte[] bytes = new byte[at + RECORD];
        if (pax.length > 0) {
            paxHeader(bytes, pax.length);
            System.arraycopy(pax, 0, bytes, RECORD, pax.length);
        }
        header(bytes, at, entry, path);
        return bytes;
    }

    private void header(byte[] bytes, int at, FileEntry entry, byte[] path) {
        names(bytes, at, entry, path);
        numbers(bytes, at, entry.mode(), entry.uid(), entry.gid(), entry.size(), entry.mtimeSeconds());
        bytes[at + 156] = typeFlag(entry.type());
        TarField.bytes(bytes, at + 157, LINK, entry.linkTarget(), 0, entry.linkTarget().length);
        owner(bytes, at + 265, ownerBytes(entry.user()));
        owner(bytes, at + 297, ownerBytes(entry.group()));
        seal(bytes, at);
    }

    private static void paxHeader(byte[] bytes, int size) {
        TarField.bytes(bytes, 0, NAME, PAX_NAME, 0, PAX_NAME.length);
        numbers(bytes, 0, 0644, 0, 0, size, 0);
        bytes[156] = 'x';
        seal(bytes, 0);
    }

    private static void numbers(byte[] bytes, int at, int mode, long uid, long gid, long size, long mtime) {
        TarField.number(bytes, at + 100, NUMBER, mode);
        TarField.number(bytes, at + 108, NUMBER, uid);
        TarField.number(bytes, at + 116, NUMBER, gid);
        TarField.number(bytes, at + 124, LONG_NUMBER, size);
        TarField.number(bytes, at + 136, LONG_NUMBER, mtime);
    }

    private static void seal(byte[] bytes, int at) {
        System.arraycopy(MAGIC, 0, bytes, at + 257, MAGIC.length);
        TarField.number(bytes, at + 329, NUMBER, 0);
        TarField.number(bytes, at + 337, NUMBER, 0);
        Arrays.fill(bytes, at + 148, at + 156, (byte) ' ');
        int sum = 0;
        for (int i = at; i < at + RECORD; i++) {
            sum += bytes[i] & 0xff;
        }
        TarField.octal(bytes, at + 148, 6, sum);
        bytes[at + 154] = 0;
    }

    private void names(byte[] bytes, int at, FileEntry entry, byte[] path) {
        if (isTop(entry)) {
            TarField.bytes(bytes, at, NAME, path, 0, path.length);
            return;
        }
        int split = split(path);
        int from = split > 0 ? split + 1 : 0;
        TarField.bytes(bytes, at, NAME, path, from, path.length);
        if (top.length <= PREFIX) {
            TarField.bytes(bytes, at + 345, PREFIX, top, 0, top.length);
        }
        if (split > 0) {
            bytes[at + 345 + top.length] = '/';
            System.arraycopy(path, 0, bytes, at + 345 + top.length + 1, split);
        }
    }

    /** 0: the path fits into the name; above: the slash to split it at; {@link #IN_PAX}: neither. */
    private int split(byte[] path) {
        if (path.length <= NAME && top.length <= PREFIX) {
            return 0;
        }
        int last = Math.min(path.length - 2, PREFIX - top.length - 1);
        for (int k = Math.max(1, path.length - 1 - NAME); k <= last; k++) {
            if (path[k] == '/') {
                return k;
            }
        }
        return IN_PAX;
    }

    private byte[] pax(FileEntry entry, byte[] path) {
        boolean longPath = isTop(entry) ? path.length > NAME : split(path) == IN_PAX;
        boolean longLink = entry.linkTarget().length > LINK;
        byte[] user = ownerBytes(entry.user());
        byte[] group = ownerBytes(entry.group());
        if (!longPath && !longLink && numbersFit(entry) && user.length < OWNER && group.length < OWNER) {
            return NO_BYTES;
        }
        PaxRecords records = new PaxRecords();
        if (longPath && !PaxRecords.isUtf8(path) || longLink && !PaxRecords.isUtf8(entry.linkTarget())) {
            records.add("hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
        }
        if (longPath) {
            records.add("path", isTop(entry) ? path : underTop(path));
        }
        if (longLink) {
            records.add("linkpath", entry.linkTarget());
        }
        addNumber(records, "size", entry.size(), LONG_NUMBER);
        addNumber(records, "uid", entry.uid(), NUMBER);
        addNumber(records, "gid", entry.gid(), NUMBER);
        addNumber(records, "mtime", entry.mtimeSeconds(), LONG_NUMBER);
        addOwner(records, "uname", user);
        addOwner(records, "gname", group);
        return records.bytes();
    }

    private static boolean numbersFit(FileEntry entry) {
        return TarField.fitsOctal(entry.size(), LONG_NUMBER)
                && TarField.fitsOctal(entry.uid(), NUMBER)
                && TarField.fitsOctal(entry.gid(), NUMBER)
                && TarField.fitsOctal(entry.mtimeSeconds(), LONG_NUMBER);
    }

    private static void addNumber(PaxRecords records, String key, long value, int field) {
        if (!TarField.fitsOctal(value, field)) {
            records.add(key, value);
        }
    }

    private static void addOwner(PaxRecords records, String key, byte[] name) {
        if (name.length >= OWNER) {
            records.add(key, name);
        }
    }

    private static void owner(byte[] bytes, int at, byte[] name) {
        if (name.length < OWNER) {
            System.arraycopy(name, 0, bytes, at, name.length);
        }
    }

    private static byte[] ownerBytes(String name) {
        return TarField.beforeNul(name.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isTop(FileEntry entry) {
        return entry.path().length == 0;
    }

    /** The path in the top folder (the top folder itself for the captured directory), {@code /} after a directory's. */
    private byte[] tarPath(FileEntry entry) {
        byte[] path = isTop(entry) ? top : entry.path();
        if (entry.type() != Type.DIRECTORY) {
            return path;
        }
        byte[] withSlash = Arrays.copyOf(path, path.length + 1);
        withSlash[path.length] = '/';
        return withSlash;
    }

    private byte[] underTop(byte[] path) {
        byte[] whole = Arrays.copyOf(top, top.length + 1 + path.length);
        whole[top.length] = '/';
        System.arraycopy(path, 0, whole, top.length + 1, path.length);
        return whole;
    }

    private static byte typeFlag(Type type) {
        return switch (type) {
            case FILE -> '0';
            case DIRECTORY -> '5';
            case SYMBOLIC_LINK -> '2';
        };
    }
}
