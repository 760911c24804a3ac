package io.scalable.cli;

import io.scalable.client.report.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Rows for people: a heading, columns as wide as what is in them, the last one cut where the line
 * ends.
 */
final class Table<T> {

    private static final String GAP = "  ";

    private record Column<T>(String heading, boolean right, Function<T, String> text) {}

    private final List<Column<T>> columns = new ArrayList<>();

    /** A column of words. */
    Table<T> column(String heading, Function<T, String> text) {
        columns.add(new Column<>(heading, false, text));
        return this;
    }

    /** A column of numbers. */
    Table<T> number(String heading, Function<T, String> text) {
        columns.add(new Column<>(heading, true, text));
        return this;
    }

    /**
     * The lines.
     *
     * @param width how many characters a line holds; empty for any number
     */
    List<String> lines(List<? extends T> rows, OptionalInt width) {
        var cells = new ArrayList<List<String>>();
        cells.add(columns.stream().map(Column::heading).toList());
        for (T row : rows) {
            cells.add(columns.stream().map(c -> PrintableText.line(c.text().apply(row))).toList());
        }
        int[] wide = new int[columns.size()];
        for (List<String> row : cells) {
            for (int i = 0; i < wide.length; i++) {
                wide[i] = Math.max(wide[i], length(row.get(i)));
            }
        }
        return cells.stream().map(row -> line(row, wide, width)).toList();
    }

    private String line(List<String> row, int[] wide, OptionalInt width) {
        var line = new StringBuilder();
        for (int i = 0; i < wide.length; i++) {
            String cell = row.get(i);
            String blanks = " ".repeat(wide[i] - length(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).right() ? blanks + cell : cell + blanks);
        }
        String whole = line.toString().stripTrailing();
        return width.isPresent() ? Terminal.cut(whole, width.getAsInt()) : whole;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
