package dev.holdfast.server.overview;

import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRunsTest extends RunsContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, RunsContract.MIGRATIONS);
    }
}
