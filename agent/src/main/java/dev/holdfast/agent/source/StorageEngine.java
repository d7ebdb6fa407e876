package dev.holdfast.agent.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which storage engine wrote a data directory. mongod itself decides by {@code storage.bson}, a BSON document like
 * {@code {storage: {engine: "wiredTiger", ...}}}, and where there is none by the files (MongoDB source,
 * {@code storage_engine_metadata.cpp}; MMAPv1 before 3.0 wrote no such document).
 */
final class StorageEngine {
    private static final String METADATA = "storage.bson";
    private static final int MAX_METADATA = 1 << 20;
    private static final int TOP = 4;
    private static final int STRING = 2;
    private static final int DOCUMENT = 3;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private StorageEngine() {}

    /** The engine's name as mongod has it, or empty when nothing tells. What cannot be read here is not told either. */
    static Optional<String> of(Path directory) {
        Optional<String> named = named(directory.resolve(METADATA));
        if (named.isPresent()) {
            return named;
        }
        if (isFile(directory.resolve("WiredTiger.wt")) || isFile(directory.resolve("WiredTiger"))) {
            return Optional.of("wiredTiger");
        }
        boolean mmap = isFile(directory.resolve("local.ns")) || isFile(directory.resolve("local/local.ns"));
        return mmap ? Optional.of("mmapv1") : Optional.empty();
    }

    private static Optional<String> named(Path file) {
        if (!isFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return engine(in.readNBytes(MAX_METADATA));
        } catch (IOException e) {
            // the walk over the directory meets the same trouble, and names the file
            return Optional.empty();
        }
    }

    /** The string {@code storage.engine} of a document in which each of both comes first, as mongod writes it. */
    static Optional<String> engine(byte[] document) {
        int inner = after(document, TOP, DOCUMENT, "storage");
        int at = inner < 0 ? -1 : after(document, inner + TOP, STRING, "engine");
        if (at < 0 || at + Integer.BYTES > document.length) {
            return Optional.empty();
        }
        int length = document[at] & 0xff | (document[at + 1] & 0xff) << 8;
        boolean isShort = document[at + 2] == 0 && document[at + 3] == 0;
        int start = at + Integer.BYTES;
        if (!isShort || length < 1 || start + length > document.length) {
            return Optional.empty();
        }
        String name = new String(document, start, length - 1, StandardCharsets.UTF_8);
        // it goes into a text that people read: a forged file must not forge lines there
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /** Where the value of the element at {@code at} begins if it has that type and name, else -1. */
    private static int after(byte[] document, int at, int type, String name) {
        byte[] wanted = (name + '\0').getBytes(StandardCharsets.US_ASCII);
        int end = at + 1 + wanted.length;
        if (end > document.length || document[at] != type) {
            return -1;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (document[at + 1 + i] != wanted[i]) {
                return -1;
            }
        }
        return end;
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}
