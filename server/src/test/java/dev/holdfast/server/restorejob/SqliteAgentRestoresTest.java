package dev.holdfast.server.restorejob;

import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteAgentRestoresTest extends AgentRestoresContract {
    @TempDir
    private Path folder;

    @Override
    Database open() {
        return TestDatabases.sqlite(folder, RestoreJobContract.MIGRATIONS);
    }
}
