package io.scalable.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final LeaseTable leases = new LeaseTable();
    private final List<String> asked = new ArrayList<>();
    private long looks;

    @Test
    void eachBeatIsAHeartbeat() {
        var broker = broker(true);

        pulse(broker, null, Duration.ofSeconds(60)).beat();

        assertThat(broker.history()).hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void heartbeatsDoNotPileUpWhileTheBrokerIsSilent() {
        var broker = broker(false);
        var pulse = pulse(broker, null, Duration.ofSeconds(60));

        for (int i = 0; i < 10; i++) {
            looks++;
            pulse.beat();
        }

        await().until(() -> broker.history().size() == 2);
    }

    @Test
    void aLeaseThatIsBeingReadIsNotDenied() {
        var broker = broker(true);
        var pulse = pulse(broker, null, Duration.ofSeconds(60));

        pulse.beat();
        pulse.beat();
        pulse.beat();
        assertThat(broker.history()).hasSize(1);
        pulse.beat();
        pulse.beat();
        assertThat(broker.history()).as("nobody shall take the worker for lost").hasSize(2);
        looks++;
        pulse.beat();
        assertThat(broker.history()).hasSize(3);
    }

    @Test
    void aWorkerWithoutItsBrokerIsOrphaned() {
        pulse(broker(false), null, Duration.ofNanos(1)).look();

        assertThat(asked).containsExactly("orphaned");
    }

    @Test
    void theWorkerDrainsShortlyBeforeItsAllocationEnds() {
        pulse(broker(true), Instant.now().plusSeconds(9), Duration.ofSeconds(60)).look();

        assertThat(asked).containsExactly("drain");
    }

    @Test
    void whatStillRunsIsStoppedAtTheEndOfTheAllocation() {
        pulse(broker(true), Instant.now().plusSeconds(1), Duration.ofSeconds(60)).look();

        assertThat(asked).containsExactly("drain", "walltime");
    }

    @Test
    void anAllocationThatLastsChangesNothing() {
        pulse(broker(true), Instant.now().plusSeconds(3600), Duration.ofSeconds(60)).look();

        assertThat(asked).isEmpty();
    }

    private Pulse pulse(
            MockProducer<byte[], byte[]> broker, @Nullable Instant endsAt, Duration orphanTimeout) {
        var config =
                new WorkerConfig(
                        Leases.DEPLOYMENT,
                        "forecast",
                        Leases.WORKER,
                        1,
                        0,
                        Map.of(),
                        URI.create("file:///storage"),
                        Path.of("/"),
                        List.of(),
                        Map.of(),
                        endsAt,
                        orphanTimeout,
                        WorkerConfig.DEFAULT_GRACE);
        return new Pulse(config, leases, new Reporter(broker, config), new Asked(), () -> looks);
    }

    private static MockProducer<byte[], byte[]> broker(boolean answers) {
        return new MockProducer<>(
                answers, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private final class Asked implements Pulse.Owner {
        @Override
        public void drain() {
            asked.add("drain");
        }

        @Override
        public void walltime() {
            asked.add("walltime");
        }

        @Override
        public void orphaned() {
            asked.add("orphaned");
        }
    }
}
