package io.scalable.telemetry.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.topic.DeadLetter;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.PoolSample;
import java.time.Instant;
import java.util.List;

/**
 * Counts what the records tell. An instance knows its own partitions: sums over the instances are
 * the fleet. Not thread-safe; one thread feeds it.
 */
public final class FleetMetrics {

    private final MeterRegistry registry;
    private final PoolGauges pools;
    private final TaskMeters tasks;
    private final Moments requested = new Moments();

    public FleetMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.pools = new PoolGauges(registry);
        this.tasks = new TaskMeters(registry);
    }

    /** Counts a batch of records, in order. */
    public void count(List<HistoryEvent> events) {
        events.forEach(this::count);
    }

    private void count(HistoryEvent event) {
        switch (event) {
            case HistoryEvent.Published _ -> {
                // Its pools appear with their first line of demand.
            }
            case HistoryEvent.Ended e -> pools.forget(e.deploymentId());
            case HistoryEvent.OfTask e -> tasks.count(e.event());
            case HistoryEvent.OfWorker e -> count(e.event());
            case HistoryEvent.Planned e -> count(e.plan());
            case HistoryEvent.Demanded e -> PoolSample.of(e.demand()).forEach(pools::show);
            case HistoryEvent.Refused e -> count(e.letter());
        }
    }

    private void count(WorkerLifecycle event) {
        registry.counter(
                        "scalable.worker.events",
                        "component",
                        event.component(),
                        "type",
                        event.getClass().getSimpleName())
                .increment();
        if (event instanceof WorkerRequested) {
            requested.put(event.workerId(), event.at());
        }
        if (event instanceof WorkerStarted) {
            Instant since = requested.take(event.workerId());
            if (since != null) {
                Latency.timer(registry, "scalable.worker.start", event.component())
                        .record(Latency.between(since, event.at()));
            }
        }
    }

    private void count(ScalePlan plan) {
        for (PoolPlan pool : plan.pools()) {
            int change = pools.desire(plan.deploymentId(), pool.component(), pool.desired());
            registry.counter(
                            "scalable.decisions",
                            "component",
                            pool.component(),
                            "direction",
                            change > 0 ? "up" : change < 0 ? "down" : "none",
                            "constraint",
                            pool.bindingConstraint())
                    .increment();
        }
    }

    private void count(DeadLetter letter) {
        registry.counter(
                        "scalable.dead.letters",
                        "topic",
                        letter.topic(),
                        "consumer",
                        letter.consumer())
                .increment();
    }
}
