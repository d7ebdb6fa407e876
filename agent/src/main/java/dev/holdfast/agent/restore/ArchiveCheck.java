package dev.holdfast.agent.restore;

import dev.holdfast.contract.agentapi.RestoreWork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Compares a file with the hashes of an archive. */
final class ArchiveCheck {
    private static final int BUFFER = 1 << 20;

    private ArchiveCheck() {}

    /** Whether both hashes are those of the file. */
    static boolean matches(Path file, RestoreWork.Archive archive, LongConsumer progress)
            throws IOException, InterruptedException {
        MessageDigest sha1 = digest("SHA-1");
        MessageDigest sha256 = digest("SHA-256");
        byte[] buffer = new byte[BUFFER];
        long at = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the check was interrupted");
                }
                sha1.update(buffer, 0, count);
                sha256.update(buffer, 0, count);
                at += count;
                progress.accept(at);
            }
        }
        HexFormat hex = HexFormat.of();
        return hex.formatHex(sha1.digest()).equals(archive.sha1())
                && hex.formatHex(sha256.digest()).equals(archive.sha256());
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + name, e);
        }
    }
}
