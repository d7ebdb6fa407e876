package dev.holdfast.server.audit;

import dev.holdfast.database.DatabaseConfig;
import dev.holdfast.database.testing.TestDatabases;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "HOLDFAST_TEST_POSTGRES",
        matches = ".+",
        disabledReason = "no PostgreSQL server: run ./test, which starts one")
final class PostgresAuditTest extends AuditContract {
    @Override
    DatabaseConfig config() {
        return TestDatabases.newPostgresSchema();
    }
}
