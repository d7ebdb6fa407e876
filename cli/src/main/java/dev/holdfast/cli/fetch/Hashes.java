package dev.holdfast.cli.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hashes of a file, lower-case hexadecimal.
 *
 * @param sha1 as Ops Manager's restore jobs show it
 * @param sha256 as {@code Repr-Digest} of a download shows it
 */
record Hashes(String sha1, String sha256) {
    private static final int BUFFER = 256 << 10;

    /** Of a file that is there in full. */
    static Hashes of(Path file) throws IOException {
        try (InputStream first = Files.newInputStream(file);
                InputStream second = Files.newInputStream(file)) {
            return new Hashes(sha1(first), sha256(second));
        }
    }

    static String sha1(InputStream bytes) throws IOException {
        return of("SHA-1", bytes);
    }

    static String sha256(InputStream bytes) throws IOException {
        return of("SHA-256", bytes);
    }

    private static String of(String name, InputStream in) throws IOException {
        MessageDigest digest = digest(name);
        byte[] buffer = new byte[BUFFER];
        for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
            digest.update(buffer, 0, bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }
}
