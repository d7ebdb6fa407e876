package dev.holdfast.server.snapshot;

import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteGrowthTest extends GrowthContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, TestSnapshots.MIGRATIONS);
    }
}
