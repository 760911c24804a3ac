package energy.data;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Net generation of Iowa by source; see {@code data/PROVENANCE.md}. */
public final class Generation {

    private static final String FILE = "iowa-electricity.csv";
    private static final String HEADER = "year,source,net_generation";

    private Generation() {}

    private record Row(String source, Point point) {}

    private static final class Iowa {
        static final Map<String, History> HISTORIES = load();

        private static Map<String, History> load() {
            var stream = Objects.requireNonNull(Generation.class.getResourceAsStream(FILE), FILE);
            try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                return read(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + FILE, e);
            }
        }
    }

    /**
     * The history of one source of Iowa.
     *
     * @throws IllegalArgumentException if the data have no such source; the message lists them
     */
    public static History of(String source) {
        var history = Iowa.HISTORIES.get(source);
        if (history == null) {
            throw new IllegalArgumentException(
                    "no source '%s' in %s: it has %s"
                            .formatted(source, FILE, Iowa.HISTORIES.keySet()));
        }
        return history;
    }

    /**
     * Reads the CSV: histories by source, in the order in which the sources appear.
     *
     * @throws IllegalArgumentException if a line is not as expected; the message says which
     */
    static Map<String, History> read(Reader csv) throws IOException {
        var lines = new BufferedReader(csv).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IllegalArgumentException("line 1: expected the header '" + HEADER + "'");
        }
        var points =
                IntStream.range(1, lines.size())
                        .filter(i -> !lines.get(i).isBlank())
                        .mapToObj(i -> row(i + 1, lines.get(i)))
                        .collect(
                                groupingBy(
                                        Row::source,
                                        LinkedHashMap::new,
                                        mapping(Row::point, toList())));
        var histories = new LinkedHashMap<String, History>();
        points.forEach((source, years) -> histories.put(source, new History(source, years)));
        return histories;
    }

    private static Row row(int line, String text) {
        var cells = List.of(text.split(",", -1));
        try {
            if (cells.size() == 3 && cells.getFirst().endsWith("-01-01")) {
                int year = Integer.parseInt(cells.getFirst().substring(0, 4));
                return new Row(cells.get(1), new Point(year, Double.parseDouble(cells.get(2))));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("line " + line + ": no number in '" + text + "'", e);
        }
        throw new IllegalArgumentException(
                "line %d: expected 'YYYY-01-01,source,number', found '%s'".formatted(line, text));
    }
}
