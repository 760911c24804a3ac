package io.scalable.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantJsonTest {

    private static final ObjectMapper JACKSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build();

    @Test
    void anyInstantIsWrittenAsJacksonWritesItAndReadBack() throws Exception {
        var random = new Random(1);
        long[] units = {1, 1_000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 20_000; i++) {
            long nano = random.nextInt(1_000_000_000) / units[i % 4] * units[i % 4];
            // From the year -200 to 11000, so that the unusual ones are met as well.
            long second = random.nextLong(-68_000_000_000L, 285_000_000_000L);
            same(Instant.ofEpochSecond(second, nano));
        }
        same(Instant.EPOCH);
        same(Instant.parse("2024-02-29T23:59:59.999999999Z"));
        same(Instant.parse("0000-01-01T00:00:00Z"));
        same(Instant.parse("9999-12-31T23:59:59Z"));
        same(Instant.MAX);
        same(Instant.MIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T10:00:00.1Z",
                "2026-01-31T10:00:00.12345Z",
                "2026-01-31T24:00:00Z",
                "2026-01-31T10:00:00.Z",
                "2026-01-31T10:00:00+02:00",
                "+12026-01-31T10:00:00Z",
                "-0001-01-31T10:00:00Z"
            })
    void otherFormsAreReadAsJacksonReadsThem(String text) throws Exception {
        String json = '"' + text + '"';
        assertThat(Json.mapper().readValue(json, Instant.class))
                .isEqualTo(JACKSON.readValue(json, Instant.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01T10:60:00Z",
                "2026-01-01 10:00:00Z",
                "yesterday"
            })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> Json.mapper().readValue('"' + text + '"', Instant.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static void same(Instant instant) throws JsonProcessingException {
        String json = Json.mapper().writeValueAsString(instant);
        assertThat(json).isEqualTo(JACKSON.writeValueAsString(instant));
        assertThat(Json.mapper().readValue(json, Instant.class)).isEqualTo(instant);
    }
}
