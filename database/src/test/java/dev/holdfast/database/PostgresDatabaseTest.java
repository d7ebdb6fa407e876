package dev.holdfast.database;

import dev.holdfast.database.testing.TestDatabases;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class PostgresDatabaseTest extends DatabaseContract {
    private final DatabaseConfig schema = TestDatabases.newPostgresSchema();

    @Override
    Database open() {
        return Database.open(schema, MIGRATIONS);
    }
}
