package dev.holdfast.database.testing;

import dev.holdfast.database.Database;
import dev.holdfast.database.DatabaseConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Databases for contract tests: each test of a table runs on SQLite and on PostgreSQL. The PostgreSQL server is the one
 * that {@code ./test} starts and names in {@code HOLDFAST_TEST_POSTGRES} (a JDBC URL with user and password).
 */
public final class TestDatabases {
    private TestDatabases() {}

    /** A new SQLite database in {@code folder}. */
    public static Database sqlite(Path folder, List<String> migrations) {
        return Database.open(DatabaseConfig.sqlite(folder.resolve("holdfast.db")), migrations);
    }

    /** The JDBC URL of the test server, or empty when there is none. */
    public static Optional<String> postgresUrl() {
        return Optional.ofNullable(System.getenv("HOLDFAST_TEST_POSTGRES")).filter(url -> !url.isEmpty());
    }

    /** A new, empty schema on the PostgreSQL test server. */
    public static Database postgres(List<String> migrations) {
        return Database.open(newPostgresSchema(), migrations);
    }

    /** The configuration of a new, empty schema on the PostgreSQL test server, which two nodes may share. */
    public static DatabaseConfig newPostgresSchema() {
        String url = postgresUrl().orElseThrow(() -> new IllegalStateException("HOLDFAST_TEST_POSTGRES is not set"));
        String schema = "t" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException("the PostgreSQL test server does not answer at " + url, e);
        }
        return DatabaseConfig.postgres(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema, null, null);
    }
}
