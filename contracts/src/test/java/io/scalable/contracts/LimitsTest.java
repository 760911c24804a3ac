package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/limits.md tells users of every limit, with its number. */
class LimitsTest {

    private static final Path PAGE = Path.of("../docs/limits.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `([A-Z_]+)` \\| ([0-9,]+) [^|]*\\|", Pattern.MULTILINE);

    @Test
    void thePageHasEveryLimitWithItsNumberAndNoOther() throws IOException {
        Map<String, String> told =
                ROW.matcher(Files.readString(PAGE))
                        .results()
                        .collect(
                                Collectors.toMap(
                                        row -> row.group(1),
                                        (MatchResult row) -> row.group(2),
                                        (first, _) -> first,
                                        TreeMap::new));

        assertThat(told).isEqualTo(limits());
    }

    private static Map<String, String> limits() {
        return Arrays.stream(Limits.class.getDeclaredFields())
                .filter(field -> Modifier.isPublic(field.getModifiers()))
                .collect(
                        Collectors.toMap(
                                Field::getName, LimitsTest::number, (a, _) -> a, TreeMap::new));
    }

    private static String number(Field field) {
        try {
            double value = ((Number) field.get(null)).doubleValue();
            return String.format(Locale.ROOT, "%,.0f", value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
