package dev.holdfast.server.schedule;

import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSchedulerTest extends SchedulerContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, TestBackups.MIGRATIONS);
    }
}
