package dev.holdfast.server;

import dev.holdfast.store.cipher.keyfile.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** All of it over an encrypted store: nobody who restores sees a difference. */
final class EncryptedApiRestoreTest extends ApiRestoreContract {
    @TempDir
    static Path directory;

    @Override
    WiredServer open() throws IOException {
        Path file = directory.resolve("store.keys");
        KeyFile.add(file, new SecureRandom());
        return new WiredServer(directory, null, new EncryptionSettings(file, null, Duration.ofMinutes(5)));
    }
}
