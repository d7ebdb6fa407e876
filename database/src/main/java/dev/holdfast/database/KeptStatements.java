package dev.holdfast.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Prepared statements that stay with their connection. sqlite-jdbc prepares anew each time, which costs as much as the
 * lookup itself; PostgreSQL's driver keeps statements of its own, so this is for SQLite only. A connection is used by one
 * thread at a time, and so are its statements.
 */
final class KeptStatements {
    private static final int MANY = 256;

    private final Map<Connection, Map<String, PreparedStatement>> ofConnection = new ConcurrentHashMap<>();

    /** The statement for {@code sql} on {@code connection}, which is the driver's own, not the pool's. */
    PreparedStatement get(Connection connection, String sql) throws SQLException {
        Map<String, PreparedStatement> kept = ofConnection.get(connection);
        if (kept == null) {
            forgetClosed();
            kept = new HashMap<>();
            ofConnection.put(connection, kept);
        }
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    /** The pool replaces connections that broke; without this their statements would pile up. */
    private void forgetClosed() throws SQLException {
        if (ofConnection.size() < MANY) {
            return;
        }
        for (Connection connection : ofConnection.keySet()) {
            if (connection.isClosed()) {
                ofConnection.remove(connection);
            }
        }
    }
}
