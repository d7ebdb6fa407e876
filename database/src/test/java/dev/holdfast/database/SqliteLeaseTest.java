package dev.holdfast.database;

import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeaseTest extends LeaseContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, List.of(Lease.MIGRATIONS));
    }
}
