package dev.holdfast.store.cipher.keyfile;

import dev.holdfast.contract.trouble.Unavailable;
import dev.holdfast.store.format.Checksums;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The keys of a key file, by name, in the order of their lines. */
final class KeyLines {
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] LABEL = "holdfast master key".getBytes(StandardCharsets.US_ASCII);
    private static final String HEAD =
            "# Master keys of a Holdfast store. Whoever has them reads everything; without them nobody does.\n"
                    + "# Keep a copy elsewhere. The last key wraps new data keys; the others are needed until a rotation is done.\n";

    private final Path file;
    private final Map<String, byte[]> keys;
    private final String last;

    private KeyLines(Path file, Map<String, byte[]> keys, String last) {
        this.file = file;
        this.keys = keys;
        this.last = last;
    }

    /** What a key is called: it tells keys apart and gives nothing away. */
    static String name(byte[] key) {
        MessageDigest sha256 = Checksums.sha256();
        sha256.update(LABEL);
        return HexFormat.of().formatHex(sha256.digest(key), 0, 8);
    }

    static KeyLines read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new Unavailable(file + " is too long for a key file\nHINT: check encryption.key-file.");
        }
        Map<String, byte[]> keys = new LinkedHashMap<>();
        String last = null;
        int number = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\\R")) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (!text.matches("[0-9a-fA-F]{64}")) {
                // never quoted: it may be most of a key
                throw new Unavailable("line " + number + " of the key file " + file + " is no key"
                        + "\nHINT: a key is 64 hexadecimal digits; comments begin with #.");
            }
            byte[] key = HexFormat.of().parseHex(text);
            last = name(key);
            keys.put(last, key);
        }
        return new KeyLines(file, keys, last);
    }

    /** The key of that name, or null. */
    byte[] key(String name) {
        return keys.get(name);
    }

    /** Name of the last key. */
    String last() {
        if (last == null) {
            throw new Unavailable("the key file " + file + " has no key in it\nHINT: holdfast store-keys make " + file);
        }
        return last;
    }

    /**
     * Adds a line with one write at the end, so that no key that someone else adds at the same time is lost, and owner
     * and mode stay.
     */
    static void append(Path file, byte[] key) throws IOException {
        String head = HEAD;
        if (Files.exists(file)) {
            var unused = read(file); // a file that is something else is not added to
            byte[] before = Files.readAllBytes(file);
            head = before.length == 0 || before[before.length - 1] == '\n' ? "" : "\n";
        }
        byte[] line = (head + HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Set<StandardOpenOption> append =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try (FileChannel channel = FileChannel.open(file, append, ownerOnly)) {
            int written = channel.write(ByteBuffer.wrap(line));
            channel.force(true);
            if (written < line.length) {
                throw new IOException("only " + written + " of " + line.length + " bytes could be written: "
                        + "remove the unfinished last line of " + file);
            }
        }
        try (FileChannel directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
