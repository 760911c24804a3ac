package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.worker.WorkerReport.AttemptFinished;
import io.scalable.contracts.worker.WorkerReport.AttemptStarted;
import io.scalable.contracts.worker.WorkerReport.HeldAttempt;
import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers whose clocks are hours off: times are mapped, and decisions are the same. */
class ClocksTest {

    @ParameterizedTest
    @ValueSource(longs = {-7_200, 0, 7_200})
    void timesAreTheWorkersByTheDispatchersClock(long skew) {
        var s = aDeployment().submit("fit", 0);
        Instant leased = s.now;
        ready(s, skew, null);
        s.now = s.now.plusSeconds(1);
        s.report(new AttemptStarted(Scenario.ID, "w1", id(), 1, at(s, skew)));
        s.now = s.now.plusSeconds(10);
        Instant ended = s.now;
        Instant said = at(s, skew);
        s.now = s.now.plusMillis(700);

        s.report(
                new AttemptFinished(
                        Scenario.ID,
                        "w1",
                        id(),
                        1,
                        Payload.of(TextNode.valueOf("x")),
                        null,
                        10,
                        said));

        assertThat(s.results)
                .singleElement()
                .satisfies(
                        r -> {
                            assertThat(r.finishedAt()).as("not when it was heard").isEqualTo(ended);
                            assertThat(r.startedAt()).isEqualTo(leased.plusSeconds(1));
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {-36_000, 0, 36_000})
    void livenessAndLeasesDoNotDependOnTheWorkersClock(long skew) {
        var s = aDeployment().submit("fit", 0);
        ready(s, skew, null);
        var held = List.of(new HeldAttempt(id(), 1, true));

        for (int i = 0; i < 30; i++) {
            s.elapse(Duration.ofSeconds(1));
            beat(s, skew, held, null);
        }
        assertThat(s.said(WorkerLost.class)).isEmpty();
        for (int i = 0; i < 3; i++) {
            s.elapse(Duration.ofSeconds(1));
            beat(s, skew, List.of(), null);
        }

        assertThat(s.leases("w1")).containsExactly("fit/0#1", "fit/0#2");
    }

    @ParameterizedTest
    @ValueSource(longs = {-7_200, 0, 7_200})
    void anAllocationEndsByTheDispatchersClock(long skew) {
        var s = aDeployment();
        ready(s, skew, s.now.plusSeconds(3_600 + skew));
        s.submit("long", 0, 0, 0, 7_000.0).submit("short", 0, 0, 0, 600.0);

        assertThat(s.leases("w1")).containsExactly("short/0#1");
    }

    private static void ready(Scenario s, long skew, Instant endsAt) {
        s.report(
                new WorkerReady(
                        Scenario.ID, "w1", "forecast", 1, 3, "host", 1, endsAt, at(s, skew)));
    }

    private static void beat(Scenario s, long skew, List<HeldAttempt> held, Instant endsAt) {
        s.report(
                new WorkerHeartbeat(
                        Scenario.ID, "w1", "forecast", 1, 3, held, false, endsAt, at(s, skew)));
    }

    private static Instant at(Scenario s, long skew) {
        return s.now.plusSeconds(skew);
    }

    private static String id() {
        return Scenario.id("fit", 0);
    }
}
