package io.scalable.telemetry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that rows are put into: an update of the rows that are there, then an insert of the
 * others. Databases disagree on how to say that in one statement.
 *
 * @param name the table
 * @param keys the columns of its primary key
 * @param columns all other columns
 */
record Table(String name, List<String> keys, List<String> columns) {

    /** The values of one row: those of {@link #columns}, then those of {@link #keys}. */
    record Row(List<@Nullable Object> values) {

        /** A row of {@code values}, columns first, keys last; texts as databases hold them. */
        static Row of(@Nullable Object... values) {
            var list = new ArrayList<@Nullable Object>(values.length);
            for (Object value : values) {
                list.add(value instanceof String text ? StoredText.of(text) : value);
            }
            return new Row(Collections.unmodifiableList(list));
        }
    }

    /** Puts {@code rows}, which must differ in their keys, in the connection's transaction. */
    void put(Connection connection, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        int[] updated = run(connection, update(), rows);
        var missing = new ArrayList<Row>();
        for (int i = 0; i < updated.length; i++) {
            if (updated[i] == 0) {
                missing.add(rows.get(i));
            }
        }
        insert(connection, missing);
    }

    /** Inserts {@code rows}, which are not there, in the connection's transaction. */
    void insert(Connection connection, List<Row> rows) throws SQLException {
        if (!rows.isEmpty()) {
            int[] _ = run(connection, insertion(), rows);
        }
    }

    /** Deletes the row of that key, if it is there, in the connection's transaction. */
    void delete(Connection connection, String... key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + name + " WHERE " + byKey())) {
            for (int i = 0; i < key.length; i++) {
                statement.setObject(i + 1, key[i]);
            }
            int _ = statement.executeUpdate();
        }
    }

    /** Deletes the rows whose key begins with {@code first}, in the connection's transaction. */
    void deleteAll(Connection connection, String first) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "DELETE FROM " + name + " WHERE " + keys.getFirst() + " = ?")) {
            statement.setObject(1, first);
            int _ = statement.executeUpdate();
        }
    }

    private String byKey() {
        return keys.stream().map(k -> k + " = ?").collect(Collectors.joining(" AND "));
    }

    private String update() {
        return "UPDATE "
                + name
                + " SET "
                + columns.stream().map(c -> c + " = ?").collect(Collectors.joining(", "))
                + " WHERE "
                + byKey();
    }

    private String insertion() {
        List<String> all = Stream.concat(columns.stream(), keys.stream()).toList();
        return "INSERT INTO "
                + name
                + " ("
                + String.join(", ", all)
                + ") VALUES ("
                + String.join(", ", Collections.nCopies(all.size(), "?"))
                + ")";
    }

    private static int[] run(Connection connection, String sql, List<Row> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Row row : rows) {
                for (int i = 0; i < row.values().size(); i++) {
                    statement.setObject(i + 1, row.values().get(i));
                }
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }
}
