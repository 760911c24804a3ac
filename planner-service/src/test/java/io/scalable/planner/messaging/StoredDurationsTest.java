package io.scalable.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.topic.Topics;
import io.scalable.planner.Given;
import io.scalable.planner.domain.PlannerInput.DurationsSeen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What this release writes down of durations, and every later one must read. */
class StoredDurationsTest {

    private static final DurationsLearned AS_RELEASED =
            new DurationsLearned(
                    "run",
                    1,
                    Map.of("fit", List.of(0.1, 0.2, 0.3)),
                    Map.of("fit", List.of(0.1, 0.2, 0.3)),
                    List.of(1.5),
                    List.of(0.01),
                    Given.EARLIER);

    @Test
    void whatTheFirstReleaseWroteIsRead() throws IOException {
        byte[] key = "run".getBytes(StandardCharsets.UTF_8);
        assertThat(Decoder.decode(Topics.ESTIMATES, key, released()))
                .contains(new DurationsSeen(AS_RELEASED));
    }

    @Test
    void itIsWrittenAsTheFirstReleaseDid() throws IOException {
        assertThat(JsonCodec.of(DurationsLearned.class).encodeToString(AS_RELEASED))
                .isEqualTo(new String(released(), StandardCharsets.UTF_8).strip());
    }

    private static byte[] released() throws IOException {
        try (var file =
                StoredDurationsTest.class.getResourceAsStream("/durations-learned-1.json")) {
            return file.readAllBytes();
        }
    }
}
