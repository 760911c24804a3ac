package io.scalable.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.scalable.planner.config.PlannerConfig;
import io.scalable.planner.config.PlannerTopics;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlannerLossTest {

    private record Settings(
            int partitions,
            Duration sessionTimeout,
            Duration retryAtMost,
            boolean ensureTopics,
            boolean exitOnLoss)
            implements PlannerConfig {}

    @Test
    void whoeverSharesTheProcessHearsThatThePlannerCannotGoOn() {
        var config = new Settings(1, Duration.ofSeconds(6), Duration.ofSeconds(1), false, false);
        var kafka =
                new SmallRyeConfigBuilder()
                        .withDefaultValue("kafka.bootstrap.servers", "127.0.0.1:1")
                        .build();
        var planner = new PlannerService(config, new PlannerTopics(config, kafka));
        var heard = new AtomicReference<String>("");
        planner.onLoss(heard::set);
        planner.start(new StartupEvent());
        try {
            assertThat(heard.get()).isEmpty();

            // Nothing in the program interrupts it: the same as any other fault of the loop.
            await().until(PlannerLossTest::interruptTheLoop);

            await().untilAsserted(
                            () -> assertThat(heard.get()).startsWith("the planner cannot go on: "));
            assertThat(planner.trouble()).hasValueSatisfying(t -> assertThat(t).contains("go on"));
        } finally {
            planner.stop(new ShutdownEvent());
        }
    }

    private static boolean interruptTheLoop() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("planner-loop"))
                .peek(Thread::interrupt)
                .findAny()
                .isPresent();
    }
}
