package dev.holdfast.server.overview;

import dev.holdfast.database.Database;
import dev.holdfast.database.testing.TestDatabases;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class PostgresRunsTest extends RunsContract {
    @Override
    Database open() {
        return TestDatabases.postgres(RunsContract.MIGRATIONS);
    }
}
