package dev.holdfast.server.access;

import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class PostgresSessionsTest extends SessionsContract {
    @Override
    DatabaseConfig config(Path folder) {
        return TestDatabases.newPostgresSchema();
    }
}
