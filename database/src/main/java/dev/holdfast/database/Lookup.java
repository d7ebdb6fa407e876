package dev.holdfast.database;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A question for at most one row, asked so often that its statement is worth keeping: see {@link Database#find}. Make
 * one constant for each.
 *
 * @param sql with a {@code ?} for each key
 * @param reader makes the answer of the row
 */
public record Lookup<T>(String sql, RowReader<T> reader) {
    /** Makes an object of the row that a result stands at. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the current row; does not move. */
        T read(ResultSet row) throws SQLException;
    }
}
