package io.scalable.telemetry.metrics;

import static io.scalable.telemetry.Events.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalable.telemetry.Events;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.HistoryEvent.Demanded;
import io.scalable.telemetry.domain.HistoryEvent.OfTask;
import io.scalable.telemetry.domain.HistoryEvent.Planned;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {

    private static final String D = "run-1";
    private static final String TASK = D + "/fit/0";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FleetMetrics metrics = new FleetMetrics(registry);

    @Test
    void thePoolsOfADeploymentAreShownUntilItEnds() {
        count(new Demanded(Events.demand(D, 10, 7, 2)), new Planned(Events.plan(D, 1, 4)));

        assertThat(gauge("scalable.pool.tasks", "ready")).isEqualTo(7);
        assertThat(gauge("scalable.pool.tasks", "running")).isEqualTo(2);
        assertThat(gauge("scalable.pool.workers", "busy")).isEqualTo(2);
        assertThat(gauge("scalable.pool.desired", "desired")).isEqualTo(4);

        count(new Demanded(Events.demand(D, 11, 0, 1)));
        assertThat(gauge("scalable.pool.tasks", "ready")).isZero();

        count(new HistoryEvent.Ended(D, at(20)));
        assertThat(registry.find("scalable.pool.tasks").gauges()).isEmpty();
        assertThat(registry.find("scalable.pool.desired").gauges()).isEmpty();
    }

    @Test
    void aTasksWaitAndDurationAreTimed() {
        count(
                new OfTask(Events.queued(D, TASK)),
                new OfTask(Events.startedOn(D, TASK, "w1")),
                new OfTask(Events.succeeded(D, TASK, "w1")));

        assertThat(registry.get("scalable.task.wait").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(registry.get("scalable.task.duration").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(0.25);
        assertThat(
                        registry.get("scalable.task.events")
                                .tag("type", "TaskSucceeded")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void aDecisionSaysWhichWayAndWhatBoundIt() {
        count(
                new Planned(Events.plan(D, 1, 4)),
                new Planned(Events.plan(D, 2, 4)),
                new Planned(Events.plan(D, 3, 1)));

        for (String direction : List.of("up", "none", "down")) {
            assertThat(
                            registry.get("scalable.decisions")
                                    .tags("direction", direction, "constraint", "max_workers")
                                    .counter()
                                    .count())
                    .isEqualTo(1);
        }
    }

    private void count(HistoryEvent... events) {
        metrics.count(List.of(events));
    }

    private double gauge(String name, String state) {
        return registry.get(name).tags("deployment", D, "state", state).gauge().value();
    }
}
