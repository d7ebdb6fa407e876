package dev.holdfast.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
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

    /**
     * One of them.
     *
     * @param places of the columns that it answers with, by name, from 1
     */
    record Kept(PreparedStatement statement, Map<String, Integer> places) {}

    private final Map<Connection, Map<String, Kept>> ofConnection = new ConcurrentHashMap<>();

    /** The statement for {@code sql} on {@code connection}, which is the driver's own, not the pool's. */
    Kept get(Connection connection, String sql) throws SQLException {
        Map<String, Kept> kept = ofConnection.get(connection);
        if (kept == null) {
            forgetClosed();
            kept = new HashMap<>();
            ofConnection.put(connection, kept);
        }
        Kept statement = kept.get(sql);
        if (statement == null) {
            statement = prepare(connection, sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    private static Kept prepare(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSetMetaData columns = statement.getMetaData();
        Map<String, Integer> places = new HashMap<>();
        for (int place = 1; place <= columns.getColumnCount(); place++) {
            places.put(columns.getColumnLabel(place), place);
        }
        return new Kept(statement, places);
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
