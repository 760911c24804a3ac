package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.Deployments;
import io.scalable.provider.InMemoryLaunchLedger;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.RecordingSink;
import io.scalable.provider.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random trouble over twenty minutes of a clock: bounds hold, and the end leaves nothing. */
class CloudRunRandomIT {

    private static final int MAXIMUM = 5;
    private static DiscoveryDocument document;

    private final TestClock clock = new TestClock();

    @BeforeAll
    static void readTheApisDescription() {
        document = DiscoveryDocument.of("run.v2");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 16, 19, 27})
    void theMaximumHoldsNothingIsDoubledAndNothingIsLeft(long seed) {
        var random = new Random(seed);
        try (var stage = CloudRunStage.stepwise(document, clock)) {
            var cloud = stage.cloud;
            cloud.manners.creation = Duration.ofSeconds(2);
            cloud.manners.start = Duration.ofSeconds(3);
            cloud.manners.lag = Duration.ofSeconds(5);
            var ledger = new InMemoryLaunchLedger();
            var sink = new RecordingSink();
            ProviderHost host = host(stage, ledger, sink);
            for (int step = 1; step <= 2_400; step++) {
                if (step < 2_000) {
                    trouble(random, stage);
                }
                if (step < 2_000 && random.nextInt(200) == 0) {
                    host.close();
                    host = host(stage, ledger, sink);
                }
                if (step % 100 == 1 && step < 2_000) {
                    host.planChanged(plan(step, random.nextInt(8), random.nextInt(4)));
                }
                if (step == 2_000) {
                    cloud.api.calm();
                    host.deploymentEnded("run-1");
                }
                clock.elapse(Duration.ofMillis(500));
                host.tick();
            }

            assertThat(cloud.most()).as("seed %d", seed).isBetween(1, MAXIMUM);
            assertThat(cloud.everMade()).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(cloud.pools()).as("seed %d", seed).isEmpty();
            assertThat(ledger.read()).as("seed %d", seed).isEmpty();
            host.close();
        }
    }

    private ProviderHost host(
            CloudRunStage stage, InMemoryLaunchLedger ledger, RecordingSink sink) {
        var host =
                new ProviderHost(Deployments.HOST, List.of(stage.provider()), ledger, sink, clock);
        host.deploymentChanged(
                stage.deployment("run-1")
                        .pool(ProviderStage.STEADY, 4)
                        .pool(ProviderStage.SLOW, 3)
                        .maxWorkers(MAXIMUM)
                        .build());
        return host;
    }

    private static ScalePlan plan(int step, int steady, int slow) {
        return Deployments.plan(
                "run-1", step, Map.of(ProviderStage.STEADY, steady, ProviderStage.SLOW, slow));
    }

    private static void trouble(Random random, CloudRunStage stage) {
        var api = stage.cloud.api;
        switch (random.nextInt(120)) {
            case 0 -> api.loseAnswers("create", 1 + random.nextInt(2));
            case 1 -> api.loseAnswers("delete", 1);
            case 2 -> api.trouble("list", 1 + random.nextInt(6), 503, "UNAVAILABLE", "later");
            case 3 -> api.trouble("create", 1, 429, "RESOURCE_EXHAUSTED", "write requests");
            case 4 -> api.trouble("create", 1, 503, "UNAVAILABLE", "later");
            case 5 -> api.trouble("delete", 1, 409, "ABORTED", "operation in progress");
            case 6 -> api.trouble("delete", 1, 503, "UNAVAILABLE", "later");
            case 7 -> stage.cloud.alive().stream().findFirst().ifPresent(stage::crash);
            case 8 -> stage.cloud.alive().stream().findFirst().ifPresent(stage::leave);
            // One that never spoke may be made again after an answer was lost: it was no worker.
            case 9 ->
                    stage.cloud.alive().stream()
                            .filter(stage.reported::wasReady)
                            .findFirst()
                            .ifPresent(stage.cloud::remove);
            case 10 -> stage.cloud.manners.quota = 2;
            case 11 -> stage.cloud.manners.quota = 100;
            default -> {}
        }
    }
}
