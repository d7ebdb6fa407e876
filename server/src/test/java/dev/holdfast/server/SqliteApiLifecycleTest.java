package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteApiLifecycleTest extends ApiLifecycleContract {
    @TempDir
    private Path directory;

    @Override
    WiredServer open() throws IOException {
        return new WiredServer(directory);
    }
}
