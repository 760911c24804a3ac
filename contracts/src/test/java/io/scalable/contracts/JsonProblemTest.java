package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonProblemTest {

    record Point(int x, List<Point> next) {}

    @Test
    void aLimitIsNamedWithoutTheSettingItComesFrom() {
        assertThat(problem("[[[[1]]]]", Object.class))
                .isEqualTo("Document nesting depth (4) exceeds the maximum allowed (3)");
    }

    @Test
    void thePlaceWhereSomethingBeganIsALineAndAColumn() {
        assertThat(problem("{\"x\": 1", Point.class))
                .contains("start marker at line 1, column 1")
                .doesNotContain("Source");
    }

    @Test
    void typesHaveTheirSimpleNames() {
        assertThat(problem("{\"x\": [1]}", Point.class)).contains("`int`");
        assertThat(problem("{\"next\": 3}", Point.class))
                .contains("Point")
                .doesNotContain("io.scalable")
                .doesNotContain("java.");
    }

    private static String problem(String json, Class<?> type) {
        var mapper =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(3)
                                                        .build())
                                        .build())
                        .build();
        return JsonProblem.describe(
                catchThrowableOfType(
                        JsonProcessingException.class, () -> mapper.readValue(json, type)));
    }
}
