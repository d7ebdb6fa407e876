package dev.holdfast.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConnection;

/**
 * Transactions on the rows of every room. Knows no table: a room brings its own SQL and its own migrations.
 *
 * <p>Reads and writes have pools of their own. On SQLite there is one write connection, so writers of this process queue
 * in the order they came, and a writer of another process is waited for (10 s).
 */
public final class Database implements AutoCloseable {
    private static final int ATTEMPTS = 5;

    private final Dialect dialect;
    private final HikariDataSource readers;
    private final HikariDataSource writers;
    private final KeptStatements kept = new KeptStatements();
    private final Jdbi read;
    private final Jdbi write;
    private volatile Consumer<Handle> last = tx -> {};

    private Database(Dialect dialect, HikariDataSource readers, HikariDataSource writers) {
        this.dialect = dialect;
        this.readers = readers;
        this.writers = writers;
        this.read = Jdbi.create(readers);
        this.write = readers == writers ? read : Jdbi.create(writers);
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param migrations class path folders with the rooms' migrations, for example
     *     {@code dev/holdfast/server/access/migrations}; versions are unique across all of them
     * @throws DatabaseTrouble if it cannot be opened, or was written by a newer version of Holdfast
     */
    public static Database open(DatabaseConfig config, List<String> migrations) {
        Dialect dialect = Dialect.of(config.url());
        HikariDataSource writers = pool(config, dialect, true);
        try {
            Migrations.run(writers, migrations);
            HikariDataSource readers = dialect == Dialect.SQLITE ? pool(config, dialect, false) : writers;
            return new Database(dialect, readers, writers);
        } catch (RuntimeException e) {
            writers.close();
            throw e;
        }
    }

    /** What differs between the databases. */
    public Dialect dialect() {
        return dialect;
    }

    /**
     * Reads rows. Each statement sees a consistent state of its own; where two must agree, write them as one.
     *
     * @throws DatabaseTrouble if the database does not answer
     */
    public <T> T read(Function<Handle, T> work) {
        try (Handle handle = read.open()) {
            return work.apply(handle);
        } catch (org.jdbi.v3.core.JdbiException e) {
            throw DatabaseTrouble.of(e);
        }
    }

    /**
     * Reads at most one row by its keys (text or whole numbers), as fast as the database can: for what is asked with
     * each request. Otherwise as {@link #read}.
     *
     * @throws DatabaseTrouble if the database does not answer
     */
    public <T> Optional<T> find(Lookup<T> lookup, Object... keys) {
        try (Connection pooled = readers.getConnection()) {
            if (dialect == Dialect.SQLITE) {
                KeptStatements.Kept ready = kept.get(pooled.unwrap(SQLiteConnection.class), lookup.sql());
                return find(lookup, ready.statement(), ready.places(), keys);
            }
            try (PreparedStatement statement = pooled.prepareStatement(lookup.sql())) {
                return find(lookup, statement, null, keys);
            }
        } catch (SQLException e) {
            throw DatabaseTrouble.of(e);
        }
    }

    private static <T> Optional<T> find(
            Lookup<T> lookup, PreparedStatement statement, Map<String, Integer> places, Object... keys)
            throws SQLException {
        for (int i = 0; i < keys.length; i++) {
            statement.setObject(i + 1, keys[i]);
        }
        try (ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.of(lookup.reader().read(Row.of(result, places))) : Optional.empty();
        }
    }

    /**
     * Changes rows in one transaction: all of it is durable when this returns, or nothing of it happened. Work that
     * another transaction got in the way of is done again, so {@code work} must have no effect but on the rows.
     *
     * @throws DatabaseTrouble if the database does not answer or stays locked
     */
    public <T> T write(Function<Handle, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Handle handle = write.open()) {
                return handle.inTransaction(tx -> {
                    T result = work.apply(tx);
                    last.accept(tx);
                    return result;
                });
            } catch (org.jdbi.v3.core.JdbiException e) {
                if (attempt == ATTEMPTS || !contention(e)) {
                    throw DatabaseTrouble.of(e);
                }
            }
        }
    }

    /**
     * Names what every transaction that changes rows ends with, in this process: a record of the change, for example,
     * that must be there exactly when the change is. It runs just before the commit and not at all when the work threw;
     * what it throws undoes the work. Say it once, before the first change.
     */
    public void endChangesWith(Consumer<Handle> last) {
        this.last = last;
    }

    /** As {@link #write}, for work without a result. */
    public void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** Whether {@code e} says that a row with the same unique key is already there. */
    public boolean isUniqueViolation(Throwable e) {
        SQLException sql = sqlCause(e);
        return sql != null && dialect.isUniqueViolation(sql);
    }

    private boolean contention(Throwable e) {
        SQLException sql = sqlCause(e);
        return sql != null && dialect.isContention(sql);
    }

    private static SQLException sqlCause(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static HikariDataSource pool(DatabaseConfig config, Dialect dialect, boolean writer) {
        requireDriver(config);
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(config.url());
        pool.setUsername(config.user());
        pool.setPassword(config.password());
        pool.setMaximumPoolSize(config.readers());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(15_000);
        // connections to a local file do not age, and a warm page cache is worth keeping
        pool.setMaxLifetime(dialect == Dialect.SQLITE ? 0 : 1_800_000);
        pool.setPoolName(writer ? "writers" : "readers");
        dialect.configure(pool, writer);
        try {
            return new HikariDataSource(pool);
        } catch (RuntimeException e) {
            throw DatabaseTrouble.of(e);
        }
    }

    /** Asked before the pool does, whose error quotes the URL, and that may hold a password. */
    private static void requireDriver(DatabaseConfig config) {
        try {
            DriverManager.getDriver(config.url());
        } catch (SQLException e) {
            throw new DatabaseTrouble(
                    "the database's URL cannot be read"
                            + "\nHINT: it is jdbc:postgresql://HOST:PORT/NAME, the port a number or left out.",
                    e);
        }
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
