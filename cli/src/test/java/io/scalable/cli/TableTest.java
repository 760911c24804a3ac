package io.scalable.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TableTest {

    private record Row(String name, int number, String why) {}

    private final Table<Row> table =
            new Table<Row>()
                    .column("NAME", Row::name)
                    .number("N", row -> String.valueOf(row.number()))
                    .column("WHY", Row::why);

    @Test
    void columnsAreAsWideAsWhatIsInThem() {
        assertThat(
                        table.lines(
                                List.of(new Row("forecast", 7, "because"), new Row("x", 120, "")),
                                OptionalInt.empty()))
                .containsExactly("NAME        N  WHY", "forecast    7  because", "x         120");
    }

    @Test
    void aLineEndsWhereTheTerminalDoes() {
        assertThat(table.lines(List.of(new Row("x", 1, "a long story")), OptionalInt.of(14)))
                .containsExactly("NAME  N  WHY", "x     1  a lo\u2026");
    }

    @Test
    void aLineFeedInACellBreaksNoRow() {
        assertThat(table.lines(List.of(new Row("x", 1, "one\ntwo")), OptionalInt.empty()))
                .hasSize(2);
    }

    @Test
    void coloursAreForTerminalsThatWantThem() {
        assertThat(Terminal.isColoured(true, Map.of())).isTrue();
        assertThat(Terminal.isColoured(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.isColoured(true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.isColoured(false, Map.of())).isFalse();
    }
}
