package io.scalable.provider.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.provider.LedgerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class BrokerPatienceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final BrokerPatience patience = new BrokerPatience();

    @Test
    void whatMayComeBackIsTriedForEverEverLongerApart() {
        Duration last = Duration.ZERO;
        for (int i = 0; i < 100; i++) {
            Duration wait =
                    patience.failed(
                                    i % 2 == 0
                                            ? new TimeoutException("no answer")
                                            : new LedgerUnavailableException("not now", null),
                                    START.plusSeconds(60L * i),
                                    0)
                            .orElseThrow();
            assertThat(wait).isBetween(last, Duration.ofSeconds(5));
            last = wait;
        }
        assertThat(patience.since()).isEqualTo(START);
    }

    @Test
    void refusalsAreBorneForAMinute() {
        var refused = new TopicAuthorizationException("scalable.deployments");
        assertThat(patience.failed(refused, START, 0)).isPresent();
        assertThat(patience.failed(refused, START.plusSeconds(59), 0)).isPresent();
        assertThat(patience.failed(new KafkaException("damaged"), START.plusSeconds(60), 0))
                .isEmpty();
    }

    @Test
    void anAnswerForgetsWhatWas() {
        var refused = new TopicAuthorizationException("scalable.deployments");
        assertThat(patience.failed(refused, START, 0)).isPresent();
        patience.answered();
        assertThat(patience.since()).isNull();
        assertThat(patience.failed(refused, START.plusSeconds(90), 0)).isPresent();
    }
}
