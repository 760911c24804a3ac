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
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts what the records tell. An instance knows its own partitions: sums over the instances are
 * the fleet. Not thread-safe; one thread feeds it.
 */
public final class FleetMetrics {

    private final MeterRegistry registry;
    private final PoolGauges pools;
    private final TaskMeters tasks;
    private final Moments requested = new Moments();
    private final AtomicLong newest = new AtomicLong();

    public FleetMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.pools = new PoolGauges(registry);
        this.tasks = new TaskMeters(registry);
        registry.gauge("scalable.telemetry.newest.record.seconds", newest, n -> n.get() / 1000.0);
    }

    /**
     * Counts a record. One that cannot be counted is passed over: it is in the store all the same.
     *
     * @param partition where it stood
     */
    public void count(int partition, HistoryEvent event, Instant now) {
        try {
            show(partition, event, now);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            registry.counter("scalable.telemetry.uncounted").increment();
        }
    }

    /** Tells how far telemetry is, once a batch is stored. */
    public void read(List<ConsumerRecord<byte[], byte[]>> batch) {
        registry.counter("scalable.telemetry.records").increment(batch.size());
        batch.forEach(record -> newest.accumulateAndGet(record.timestamp(), Math::max));
    }

    /** True if a deployment's demand is shown, and what is wanted for it was told elsewhere. */
    public boolean lacksDesired(String deployment) {
        return pools.lacksDesired(deployment);
    }

    /** Shows what a plan of an earlier time wants. */
    public void desired(int partition, ScalePlan plan, Instant now) {
        plan.pools()
                .forEach(
                        pool -> {
                            int _ =
                                    pools.desire(
                                            partition,
                                            plan.deploymentId(),
                                            pool.component(),
                                            pool.desired(),
                                            now);
                        });
    }

    /** Shows nothing more of these partitions: another instance does. */
    public void revoked(Set<Integer> partitions) {
        pools.revoked(partitions);
    }

    /** Shows nothing more of deployments that nobody counts any more. */
    public void forgetSilent(Instant now) {
        pools.forgetSilent(now);
    }

    private void show(int partition, HistoryEvent event, Instant now) {
        switch (event) {
            case HistoryEvent.Published _, HistoryEvent.HostHeard _ -> {
                // Its pools appear with their first line of demand; hosts are counted in the store.
            }
            case HistoryEvent.Ended e -> pools.forget(e.deploymentId());
            case HistoryEvent.OfTask e -> tasks.count(e.event());
            case HistoryEvent.OfWorker e -> count(e.event());
            case HistoryEvent.Planned e -> count(partition, e.plan(), now);
            case HistoryEvent.Demanded e ->
                    PoolSample.of(e.demand()).forEach(s -> pools.show(partition, s, now));
            case HistoryEvent.Refused e -> count(e.letter());
            case HistoryEvent.SetAside e -> count(e.what().service(), "DeploymentSetAside");
            case HistoryEvent.Released e -> count(e.service(), "DeploymentReleased");
        }
    }

    private void count(String service, String type) {
        registry.counter("scalable.service.events", "service", service, "type", type).increment();
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

    private void count(int partition, ScalePlan plan, Instant now) {
        for (PoolPlan pool : plan.pools()) {
            int change =
                    pools.desire(
                            partition, plan.deploymentId(), pool.component(), pool.desired(), now);
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
