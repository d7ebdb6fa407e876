package dev.holdfast.database;

import java.sql.SQLException;

/**
 * A question for at most one row, asked so often that its statement is worth keeping: see {@link Database#find}. Make
 * one constant for each.
 *
 * @param sql with a {@code ?} for each key
 * @param reader makes the answer of the row
 */
public record Lookup<T>(String sql, RowReader<T> reader) {
    /** Makes an object of a row. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** Reads the row. */
        T read(Row row) throws SQLException;
    }
}
