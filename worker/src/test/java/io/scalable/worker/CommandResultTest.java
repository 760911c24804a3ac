package io.scalable.worker;

import static io.scalable.worker.Leases.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandResultTest {

    @Test
    void aWholeOutputThatIsJsonIsThatValue() {
        assertThat(CommandResult.parse(" {\"a\": [1, 2]}\n")).isEqualTo(json("{\"a\":[1,2]}"));
        assertThat(CommandResult.parse("42\n")).isEqualTo(json("42"));
    }

    @Test
    void anythingElseIsTextWithoutItsLastLineBreak() {
        assertThat(CommandResult.parse("  hello\n").asText()).isEqualTo("  hello");
        assertThat(CommandResult.parse("{\"a\": 1} and more").isTextual()).isTrue();
        assertThat(CommandResult.parse("1\n2\n").asText()).isEqualTo("1\n2");
    }

    @Test
    void noOutputIsTheEmptyText() {
        assertThat(CommandResult.parse(" \n")).isEqualTo(json("\"\""));
    }

    @ParameterizedTest
    @CsvSource({
        "1,exit 1",
        "3,exit 3",
        "128,exit 128",
        "137,signal 9",
        "143,signal 15",
        "255,exit 255"
    })
    void exitStatusesAreDescribed(int status, String words) {
        assertThat(ExitStatus.describe(status)).isEqualTo(words);
    }
}
