package dev.holdfast.store.format;

import dev.holdfast.contract.trouble.Corruption;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The first 28 bytes of every file: magic (8 ASCII letters), format version (4), store id (16). */
public final class FileStart {
    /** Bytes of a start. */
    public static final int LENGTH = 28;

    /** Bytes of a magic. */
    public static final int MAGIC_LENGTH = 8;

    /** The format of plain files. */
    public static final int VERSION = 1;

    /** The format of files of an encrypted store; see {@code docs/format-encryption.md}. */
    public static final int SEALED_VERSION = 2;

    private FileStart() {}

    /** Puts a start; {@code magic} is 8 ASCII characters, {@code storeId} 32 hexadecimal digits. */
    public static void write(ByteBuffer target, String magic, String storeId) {
        write(target, magic, VERSION, storeId);
    }

    /** The same in another version. */
    public static void write(ByteBuffer target, String magic, int version, String storeId) {
        target.put(magic(magic)).putInt(version).put(HexFormat.of().parseHex(storeId));
    }

    /** Whether a start that was read whole is one of an encrypted store. */
    public static boolean isSealed(ByteBuffer start) {
        return start.remaining() >= LENGTH && start.getInt(start.position() + MAGIC_LENGTH) == SEALED_VERSION;
    }

    /**
     * Reads a start and answers its store id.
     *
     * @throws UnknownFormat if the magic is another one, or the version is newer than ours
     * @throws Corruption if there are too few bytes
     */
    public static String read(ByteBuffer source, String blob, String magic) {
        return read(source, blob, magic, VERSION);
    }

    /** Reads a start of that version; another one is {@link UnknownFormat}. */
    public static String read(ByteBuffer source, String blob, String magic, int wanted) {
        if (source.remaining() < LENGTH) {
            throw new Corruption(blob, 0, "it is cut off: " + source.remaining() + " bytes");
        }
        byte[] found = new byte[MAGIC_LENGTH];
        source.get(found);
        if (!java.util.Arrays.equals(found, magic(magic))) {
            throw new UnknownFormat(blob + " does not begin with " + magic
                    + ", so it was not written by Holdfast\nHINT: check the path of the data directory.");
        }
        int version = source.getInt();
        if (version != wanted) {
            boolean known = version == VERSION || version == SEALED_VERSION;
            throw new UnknownFormat(blob + " has format version " + Integer.toUnsignedString(version)
                    + (known ? ", where the store's descriptor asks for " + wanted : newer())
                    + "\nHINT: open it with the version that wrote it, or a newer one.");
        }
        byte[] id = new byte[16];
        source.get(id);
        return HexFormat.of().formatHex(id);
    }

    private static String newer() {
        return ": a newer version of Holdfast wrote it, this one reads " + VERSION + " and " + SEALED_VERSION;
    }

    /**
     * Reads the start of a file that must belong to a store.
     *
     * @throws Corruption if it is not a file of that kind, or is another store's
     */
    public static void check(ByteBuffer source, String blob, String magic, String storeId) {
        check(source, blob, magic, VERSION, storeId);
    }

    /** The same for a file that must have another version. */
    public static void check(ByteBuffer source, String blob, String magic, int version, String storeId) {
        String found;
        try {
            found = read(source, blob, magic, version);
        } catch (UnknownFormat e) {
            throw new Corruption(blob, 0, e.getMessage().lines().findFirst().orElse(""));
        }
        if (!found.equals(storeId)) {
            throw new Corruption(blob, 12, "it belongs to store " + found + ", not to " + storeId);
        }
    }

    private static byte[] magic(String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length != MAGIC_LENGTH) {
            throw new IllegalArgumentException("a magic has 8 characters: " + magic);
        }
        return bytes;
    }
}
