package dev.holdfast.database;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * The row that a result stands at, read by the names of its columns. sqlite-jdbc asks the library for every name again,
 * and compares them one by one, each time a column is read by its name; for a kept statement the places are known.
 */
public final class Row {
    private final ResultSet result;
    private final Map<String, Integer> places;

    private Row(ResultSet result, Map<String, Integer> places) {
        this.result = result;
        this.places = places;
    }

    /** Of any result; the driver finds the columns. */
    public static Row of(ResultSet result) {
        return new Row(result, null);
    }

    /** Of a result whose columns are known by name, from 1. */
    static Row of(ResultSet result, Map<String, Integer> places) {
        return new Row(result, places);
    }

    /**
     * A text, null where there is none.
     *
     * @throws SQLException if there is no such column
     */
    public String text(String column) throws SQLException {
        if (places == null) {
            return result.getString(column);
        }
        // by way of bytes: for a text, sqlite-jdbc makes a direct buffer, which costs several times as much
        byte[] utf8 = result.getBytes(place(column));
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    /**
     * A whole number, 0 where there is none.
     *
     * @throws SQLException if there is no such column
     */
    public long number(String column) throws SQLException {
        return places == null ? result.getLong(column) : result.getLong(place(column));
    }

    /**
     * A whole number, null where there is none.
     *
     * @throws SQLException if there is no such column
     */
    public Long numberOrNull(String column) throws SQLException {
        long number = number(column);
        return result.wasNull() ? null : number;
    }

    private int place(String column) throws SQLException {
        Integer place = places.get(column);
        if (place == null) {
            throw new SQLException("no such column: " + column);
        }
        return place;
    }
}
