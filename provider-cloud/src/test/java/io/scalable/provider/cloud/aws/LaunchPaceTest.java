package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.deployment.TargetSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchPaceTest {

    private final LaunchPace pace = new LaunchPace(Duration.ofMinutes(1));
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    private int launchAll() {
        int room = pace.room(now);
        pace.took(room);
        return room;
    }

    @Test
    void twentyLaunchesASecondAreMadeTenAtATime() {
        assertThat(launchAll() + launchAll() + launchAll()).isEqualTo(20);

        int launched = 0;
        for (int tick = 0; tick < 100; tick++) {
            now = now.plusMillis(100);
            int room = launchAll();
            assertThat(room).isLessThanOrEqualTo(10);
            launched += room;
        }

        assertThat(launched).isBetween(190, 200);
    }

    @Test
    void afterAFailureOneLaunchAtATimeIsTriedEverMoreSeldom() {
        int tries = 0;
        for (int second = 0; second < 600; second++) {
            int room = launchAll();
            if (room > 0 && second > 0) {
                assertThat(room).isEqualTo(1);
            }
            if (room > 0) {
                tries++;
                pace.failed(now);
            }
            now = now.plusSeconds(1);
        }
        assertThat(tries).isBetween(10, 18);

        now = now.plusSeconds(61);
        assertThat(launchAll()).isEqualTo(1);
        pace.worked();
        assertThat(launchAll()).isEqualTo(10);
    }

    private static SpotChoice choice(boolean spot) {
        var options =
                Map.<String, com.fasterxml.jackson.databind.JsonNode>of(
                        "spot", BooleanNode.valueOf(spot), "image", TextNode.valueOf("i"));
        return new SpotChoice(AwsTarget.of(new TargetSpec("t", "aws", null, options)));
    }

    @Test
    void twiceWithoutRoomOnSpotMeansTenMinutesOnFargate() {
        SpotChoice spot = choice(true);
        assertThat(spot.at(now)).isEqualTo("FARGATE_SPOT");

        assertThat(spot.failed("FARGATE_SPOT", "no room", now)).isFalse();
        assertThat(spot.at(now)).isEqualTo("FARGATE_SPOT");
        assertThat(spot.failed("FARGATE_SPOT", "no room", now)).isTrue();

        assertThat(spot.at(now)).isEqualTo("FARGATE");
        assertThat(spot.note("FARGATE")).contains("Spot had no room", "no room");
        assertThat(spot.note("FARGATE_SPOT")).isEmpty();
        assertThat(spot.at(now.plus(Duration.ofMinutes(10)))).isEqualTo("FARGATE_SPOT");
    }

    @Test
    void successInBetweenKeepsSpot() {
        SpotChoice spot = choice(true);
        boolean _ = spot.failed("FARGATE_SPOT", "no room", now);
        spot.worked("FARGATE_SPOT");

        assertThat(spot.failed("FARGATE_SPOT", "no room", now)).isFalse();
    }

    @Test
    void withoutSpotThereIsNothingElseToTry() {
        SpotChoice ordinary = choice(false);

        assertThat(ordinary.failed("FARGATE", "no room", now)).isFalse();
        assertThat(ordinary.at(now)).isEqualTo("FARGATE");
        assertThat(ordinary.note("FARGATE")).isEmpty();
    }
}
