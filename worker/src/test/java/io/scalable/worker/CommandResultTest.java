package io.scalable.worker;

import static io.scalable.worker.Leases.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.scalable.contracts.Limits;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandResultTest {

    @Test
    void aWholeOutputThatIsJsonIsThatValue() throws Exception {
        assertThat(parse(" {\"a\": [1, 2]}\n")).isEqualTo(json("{\"a\":[1,2]}"));
        assertThat(parse("42\n")).isEqualTo(json("42"));
    }

    @Test
    void anythingElseIsTextWithoutItsLastLineBreak() throws Exception {
        assertThat(parse("  hello\n").asText()).isEqualTo("  hello");
        assertThat(parse("{\"a\": 1} and more").isTextual()).isTrue();
        assertThat(parse("1\n2\n").asText()).isEqualTo("1\n2");
    }

    @Test
    void noOutputIsTheEmptyText() throws Exception {
        assertThat(parse(" \n")).isEqualTo(json("\"\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "0.1234567891011121314151617", "1e400", "98765432109876543210"})
    void aNumberIsTheOneThatWasPrinted(String number) throws Exception {
        assertThat(parse(number + "\n")).hasToString(number);
        assertThat(parse("[" + number + "]")).hasToString("[" + number + "]");
    }

    @Test
    void whatIsNoNumberIsTextInsideOfJsonToo() throws Exception {
        assertThat(parse("{\"loss\": NaN, \"top\": -Infinity}"))
                .isEqualTo(json("{\"loss\":\"NaN\",\"top\":\"-Infinity\"}"));
        assertThat(parse("NaN")).isEqualTo(json("\"NaN\""));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheResult() throws Exception {
        assertThat(parse("\uFEFF{\"a\":1}")).isEqualTo(json("{\"a\":1}"));
        assertThat(parse("\uFEFFa\n").asText()).isEqualTo("a");
    }

    @Test
    void jsonBeyondALimitIsRefusedAndNotTakenForText() throws Exception {
        int limit = Limits.VALUE_DEPTH;

        assertThat(parse(nested(limit)).isArray()).isTrue();
        assertThatThrownBy(() -> parse(nested(limit + 1)))
                .isInstanceOf(TaskFault.class)
                .hasMessageContaining("standard output")
                .hasMessageContaining("nesting depth (" + (limit + 1) + ")")
                .hasMessageEndingWith("(" + limit + ")");
        assertThatThrownBy(() -> parse("9".repeat(Limits.NUMBER_CHARS + 1)))
                .isInstanceOf(TaskFault.class)
                .hasMessageContaining("" + Limits.NUMBER_CHARS);
    }

    @Test
    void whatAHandlerReturnsIsHeldToTheSame() throws Exception {
        ResultLimits.checkForm(json(nested(Limits.VALUE_DEPTH)));
        assertThatThrownBy(() -> ResultLimits.checkForm(json(nested(Limits.VALUE_DEPTH + 1))))
                .isInstanceOf(TaskFault.class)
                .hasMessageContaining("deeper than " + Limits.VALUE_DEPTH);
        var digits = JsonNodeFactory.instance.numberNode(BigInteger.TWO.pow(4_000));
        assertThatThrownBy(() -> ResultLimits.checkForm(digits))
                .isInstanceOf(TaskFault.class)
                .hasMessageContaining("a number in the result has 1205 characters");
    }

    @Test
    void aResultThatIsTooLargeIsRefusedWithTheLimit(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("out");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(Limits.RESULT_BYTES + 1);
        }

        assertThatThrownBy(() -> CommandResult.read(file, "standard output"))
                .isInstanceOf(TaskFault.class)
                .hasMessageContaining("more than the " + Limits.RESULT_BYTES);
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

    private static String nested(int levels) {
        return "[".repeat(levels) + "]".repeat(levels);
    }

    private static JsonNode parse(String text) throws TaskFault {
        return CommandResult.parse(text, "standard output");
    }
}
