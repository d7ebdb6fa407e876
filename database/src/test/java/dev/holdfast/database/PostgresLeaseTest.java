package dev.holdfast.database;

import dev.holdfast.database.testing.TestDatabases;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class PostgresLeaseTest extends LeaseContract {
    @Override
    Database open() {
        return TestDatabases.postgres(DatabaseContract.MIGRATIONS);
    }
}
