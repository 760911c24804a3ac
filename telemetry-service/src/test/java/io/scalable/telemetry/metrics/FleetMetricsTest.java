package io.scalable.telemetry.metrics;

import static io.scalable.telemetry.Events.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalable.telemetry.Events;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.HistoryEvent.Demanded;
import io.scalable.telemetry.domain.HistoryEvent.OfTask;
import io.scalable.telemetry.domain.HistoryEvent.Planned;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {

    private static final Instant NOW = at(0);
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

    @Test
    void aPartitionThatIsAnothersIsShownNoMore() {
        count(new Demanded(Events.demand(D, 10, 7, 2)), new Planned(Events.plan(D, 1, 4)));

        metrics.revoked(Set.of(2));
        assertThat(gauge("scalable.pool.tasks", "ready")).isEqualTo(7);
        metrics.revoked(Set.of(3));

        assertThat(registry.find("scalable.pool.tasks").gauges()).isEmpty();
        assertThat(registry.find("scalable.pool.desired").gauges()).isEmpty();
    }

    @Test
    void aDeploymentThatNobodyCountsAnyMoreIsShownNoMore() {
        count(new Demanded(Events.demand(D, 10, 7, 2)));

        metrics.forgetSilent(NOW.plusSeconds(29));
        assertThat(gauge("scalable.pool.tasks", "ready")).isEqualTo(7);
        metrics.forgetSilent(NOW.plusSeconds(31));

        assertThat(registry.find("scalable.pool.tasks").gauges()).isEmpty();
    }

    @Test
    void aPlanThatWasToldElsewhereIsShownWithoutBeingCounted() {
        count(new Demanded(Events.demand(D, 10, 7, 2)));
        assertThat(metrics.lacksDesired(D)).isTrue();

        metrics.desired(3, Events.plan(D, 1, 4), NOW);

        assertThat(metrics.lacksDesired(D)).isFalse();
        assertThat(gauge("scalable.pool.desired", "desired")).isEqualTo(4);
        assertThat(registry.find("scalable.decisions").counters()).isEmpty();
    }

    private void count(HistoryEvent... events) {
        List.of(events).forEach(event -> metrics.count(3, event, NOW));
    }

    private double gauge(String name, String state) {
        return registry.get(name).tags("deployment", D, "state", state).gauge().value();
    }
}
