package dev.holdfast.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * What can be said of a database without changing anything in it, also beside a server that uses it.
 *
 * @param product which database, and its version
 * @param pending migrations that a start of this program would make
 * @param foreign migrations that it does not know: a newer program made them
 * @param failed migrations that broke off
 * @param damage what SQLite finds wrong with its file; empty for PostgreSQL, which checks itself
 * @param now the database's clock; null for SQLite, which has this machine's
 */
public record DatabaseLook(
        String product, int pending, List<String> foreign, List<String> failed, List<String> damage, Instant now) {
    private static final int SECONDS = 10;
    private static final int MOST_DAMAGE = 5;

    /**
     * Looks.
     *
     * @throws DatabaseTrouble if it cannot be reached or read
     */
    public static DatabaseLook at(DatabaseConfig config, List<String> migrations) {
        boolean sqlite = Dialect.of(config.url()) == Dialect.SQLITE;
        DataSource source = sqlite ? readOnly(config) : postgres(config);
        try (Connection connection = source.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName() + " "
                    + connection.getMetaData().getDatabaseProductVersion();
            List<String> damage = sqlite ? quickCheck(connection) : List.of();
            Instant now = sqlite ? null : now(connection);
            if (!damage.isEmpty()) {
                return new DatabaseLook(product, 0, List.of(), List.of(), damage, now);
            }
            List<MigrationInfo> all = List.of(Flyway.configure()
                    .dataSource(source)
                    .locations(migrations.stream()
                            .map(folder -> "classpath:" + folder)
                            .toArray(String[]::new))
                    .outOfOrder(true)
                    .load()
                    .info()
                    .all());
            return new DatabaseLook(
                    product,
                    (int) all.stream()
                            .filter(one -> !one.getState().isApplied())
                            .count(),
                    names(all.stream()
                            .filter(one -> one.getState().isApplied()
                                    && !one.getState().isResolved())
                            .toList()),
                    names(all.stream().filter(one -> one.getState().isFailed()).toList()),
                    damage,
                    now);
        } catch (SQLException | FlywayException e) {
            throw DatabaseTrouble.of(e);
        }
    }

    private static List<String> names(List<MigrationInfo> some) {
        return some.stream()
                .map(one -> "V" + one.getVersion() + " " + one.getDescription())
                .toList();
    }

    private static DataSource readOnly(DatabaseConfig config) {
        Path file = Path.of(config.url().substring("jdbc:sqlite:".length()));
        if (!Files.exists(file)) {
            throw new DatabaseTrouble("there is no database " + file, null);
        }
        SQLiteConfig settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.setBusyTimeout(SECONDS * 1000);
        SQLiteDataSource source = new SQLiteDataSource(settings);
        source.setUrl(config.url());
        return source;
    }

    private static DataSource postgres(DatabaseConfig config) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(config.url());
        } catch (IllegalArgumentException e) {
            // without the cause, which may quote a password in the URL
            throw new DatabaseTrouble("the database's URL cannot be read", null);
        }
        if (config.user() != null) {
            source.setUser(config.user());
        }
        if (config.password() != null) {
            source.setPassword(config.password());
        }
        source.setConnectTimeout(SECONDS);
        source.setLoginTimeout(SECONDS);
        source.setSocketTimeout(SECONDS);
        source.setReadOnly(true);
        return source;
    }

    private static List<String> quickCheck(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(" + MOST_DAMAGE + ")")) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found.equals(List.of("ok")) ? List.of() : List.copyOf(found);
        }
    }

    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            row.next();
            return row.getTimestamp(1).toInstant();
        }
    }
}
