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
    private static final int BUFFER = 1 << 20;

    /** Of the file as it is on the disk, not as it came in: what was resumed and written is what is checked. */
    static Hashes of(Path file) throws IOException {
        MessageDigest sha1 = digest("SHA-1");
        MessageDigest sha256 = digest("SHA-256");
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
                sha1.update(buffer, 0, bytes);
                sha256.update(buffer, 0, bytes);
            }
        }
        HexFormat hex = HexFormat.of();
        return new Hashes(hex.formatHex(sha1.digest()), hex.formatHex(sha256.digest()));
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + name, e);
        }
    }
}
