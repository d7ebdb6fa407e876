package dev.holdfast.database;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import java.util.Properties;

/** Every difference between SQLite and PostgreSQL that anyone must know. SQL outside of this class is common to both. */
public enum Dialect {
    /** The embedded default. One writer at a time, in this process and beside others. */
    SQLITE {
        @Override
        void configure(HikariConfig pool, boolean writer) {
            Properties properties = new Properties();
            properties.setProperty("journal_mode", "WAL");
            // FULL fsyncs each commit: a job that was answered must survive a power cut
            properties.setProperty("synchronous", "FULL");
            properties.setProperty("busy_timeout", String.valueOf(BUSY_MILLIS));
            properties.setProperty("foreign_keys", "true");
            // a deferred transaction that becomes a writer can fail at once with SQLITE_BUSY; an immediate one queues
            properties.setProperty("transaction_mode", writer ? "IMMEDIATE" : "DEFERRED");
            pool.setDataSourceProperties(properties);
            pool.setMaximumPoolSize(writer ? 1 : pool.getMaximumPoolSize());
        }

        @Override
        public String forUpdate() {
            return "";
        }

        @Override
        boolean isContention(SQLException e) {
            int primary = e.getErrorCode() & 0xff;
            return primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
        }

        @Override
        boolean isUniqueViolation(SQLException e) {
            return (e.getErrorCode() & 0xff) == SQLITE_CONSTRAINT
                    && String.valueOf(e.getMessage()).contains("UNIQUE");
        }
    },

    /** For several nodes. */
    POSTGRESQL {
        @Override
        void configure(HikariConfig pool, boolean writer) {
            pool.addDataSourceProperty("ApplicationName", "holdfast");
        }

        @Override
        public String forUpdate() {
            return " FOR UPDATE";
        }

        @Override
        boolean isContention(SQLException e) {
            return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState());
        }

        @Override
        boolean isUniqueViolation(SQLException e) {
            return "23505".equals(e.getSQLState());
        }
    };

    private static final int BUSY_MILLIS = 10_000;
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_CONSTRAINT = 19;

    static Dialect of(String url) {
        return url.startsWith("jdbc:sqlite:") ? SQLITE : POSTGRESQL;
    }

    abstract void configure(HikariConfig pool, boolean writer);

    /**
     * What a SELECT ends with whose rows the same transaction will change. SQLite needs nothing, for a write
     * transaction has the database alone.
     */
    public abstract String forUpdate();

    /** Whether another transaction was in the way and the same work may succeed when it is done again. */
    abstract boolean isContention(SQLException e);

    abstract boolean isUniqueViolation(SQLException e);
}
