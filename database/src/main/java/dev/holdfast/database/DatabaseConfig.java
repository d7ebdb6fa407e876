package dev.holdfast.database;

import java.nio.file.Path;

/**
 * Where the rows live.
 *
 * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql://HOST:PORT/NAME}
 * @param user PostgreSQL user, null for SQLite
 * @param password its password, null for SQLite
 * @param readers connections for reads (SQLite) or for everything (PostgreSQL), 1 to 64
 */
public record DatabaseConfig(String url, String user, String password, int readers) {
    private static final int DEFAULT_READERS = 8;

    /** Checks the URL and the bound. */
    public DatabaseConfig {
        if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
            // not quoted: a URL of another form may hold a password
            throw new IllegalArgumentException("database url must begin with jdbc:sqlite: or jdbc:postgresql:");
        }
        if (readers < 1 || readers > 64) {
            throw new IllegalArgumentException("database readers must be 1 to 64, not " + readers);
        }
    }

    /** The embedded default: one SQLite file. */
    public static DatabaseConfig sqlite(Path file) {
        return new DatabaseConfig("jdbc:sqlite:" + file.toAbsolutePath(), null, null, DEFAULT_READERS);
    }

    /** A PostgreSQL database, for several nodes. */
    public static DatabaseConfig postgres(String url, String user, String password) {
        return new DatabaseConfig(url, user, password, DEFAULT_READERS);
    }

    /** Never shows the password, nor the parameters of the URL, which may hold it. */
    @Override
    public String toString() {
        return "DatabaseConfig[url=" + url.split("\\?", 2)[0] + ", user=" + user + ", readers=" + readers + "]";
    }
}
