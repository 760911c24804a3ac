package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactJsonTest {

    private static final ObjectMapper JSON = Json.mapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "-0",
                "-0.0",
                "4e80",
                "1E+5",
                "1e400",
                "0.1234567891011121314151617",
                "12345678901234567890",
                "123456789012345678901234567890123456789012345678901234567890123456789012345",
                "[1.0,{\"a\":2.50,\"b\":[null,true,\"1.10\"]},-7]",
                "{}",
                "[]",
                "null"
            })
    void aTreeIsWrittenAsItWasRead(String text) throws JsonProcessingException {
        JsonNode read = JSON.readTree(text);

        assertThat(JSON.writeValueAsString(read)).isEqualTo(text);
        assertThat(read).hasToString(text);
        assertThat(read).isEqualTo(JSON.readTree(text)).hasSameHashCodeAs(JSON.readTree(text));
    }

    @Test
    void whatADoubleHoldsIsADoubleToJavaAndAllElseIsExact() throws JsonProcessingException {
        Map<?, ?> read = JSON.treeToValue(JSON.readTree("{\"a\":1.50,\"b\":1e400}"), Map.class);

        assertThat(read.get("a")).isEqualTo(1.5);
        assertThat(read.get("b")).isEqualTo(new BigDecimal("1e400"));
    }

    @Test
    void aLenientParsersNumberThatIsNoneIsItsText() throws JsonProcessingException {
        var lenient = JSON.reader().with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);

        assertThat(lenient.readTree("[NaN,-Infinity]")).hasToString("[\"NaN\",\"-Infinity\"]");
        assertThat(JSON.<JsonNode>valueToTree(Double.NaN).textValue()).isEqualTo("NaN");
    }

    @Test
    void aPayloadKeepsItsNumbersOnTheWay() throws JsonProcessingException {
        Payload payload = Payload.of(JSON.readTree("{\"loss\":1.10,\"n\":4e80}"));

        String sent = JSON.writeValueAsString(payload);

        assertThat(JSON.readValue(sent, Payload.class)).isEqualTo(payload);
        assertThat(sent).contains("\"loss\":1.10").contains("\"n\":4e80");
    }

    @Test
    void exactNumbersAreReadAsJavasOwn() throws JsonProcessingException {
        record Fit(double loss, int count, float share) {}

        assertThat(
                        JSON.treeToValue(
                                JSON.readTree("{\"loss\":1.10,\"count\":3,\"share\":0.5}"),
                                Fit.class))
                .isEqualTo(new Fit(1.1, 3, 0.5f));
        assertThat(JSON.readTree("[2.0]").get(0).canConvertToInt()).isTrue();
        assertThat(JSON.readTree("[1e400]").get(0).canConvertToLong()).isFalse();
        assertThat(JSON.readTree("[1.5]").get(0).asInt()).isEqualTo(1);
    }

    @Test
    void whatIsNoJsonNumberIsRefused() {
        assertThatThrownBy(() -> JSON.readTree("{\"loss\": NaN}"))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.readTree("[1e99999999999]"))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.readTree("[1e999999999]").get(0).bigIntegerValue())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> JSON.readTree("[Infinity]"))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void anObjectIsReadWhereOneIsWanted() throws JsonProcessingException {
        assertThat(JSON.readValue("{\"a\":1.0}", ObjectNode.class)).hasToString("{\"a\":1.0}");
        assertThatThrownBy(() -> JSON.readValue("[1]", ObjectNode.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void anEmptyTextIsAMissingTree() throws JsonProcessingException {
        assertThat(JSON.readTree("").isMissingNode()).isTrue();
    }
}
