package dev.holdfast.server;

import dev.holdfast.database.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class PostgresApiLifecycleTest extends ApiLifecycleContract {
    @TempDir
    private Path directory;

    @Override
    WiredServer open() throws IOException {
        return new WiredServer(directory, TestDatabases.newPostgresSchema());
    }
}
