package dev.holdfast.server.deployment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Times as this room's tables keep them: milliseconds since the epoch, in columns that may be null. */
final class Columns {
    private Columns() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
