package dev.holdfast.server.snapshot;

import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteCheckpointTest extends CheckpointContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
    }
}
