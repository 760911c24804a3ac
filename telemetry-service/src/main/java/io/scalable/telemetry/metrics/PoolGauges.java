package io.scalable.telemetry.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.scalable.telemetry.domain.PoolSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What each pool of a living deployment needs, has and shall have. Shown by the instance that reads
 * the deployment's partition, for as long as it does and demand comes: so sums over instances are
 * right.
 */
final class PoolGauges {

    /** Demand comes every 5 s; a deployment that nobody counts is not shown. */
    static final Duration SILENT = Duration.ofSeconds(30);

    private static final Tag DESIRED = Tag.of("state", "desired");

    private final MeterRegistry registry;
    private final Map<String, Shown> byDeployment = new HashMap<>();

    /** A deployment's gauges. */
    private static final class Shown {
        private final Map<Tags, ShownNumber> gauges = new HashMap<>();
        private final int partition;
        private Instant heard;

        Shown(int partition, Instant heard) {
            this.partition = partition;
            this.heard = heard;
        }
    }

    /** A gauge with the number that it shows. */
    private record ShownNumber(AtomicInteger value, Meter.Id id) {}

    PoolGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(int partition, PoolSample sample, Instant now) {
        Shown shown =
                byDeployment.computeIfAbsent(sample.deploymentId(), _ -> new Shown(partition, now));
        shown.heard = now;
        tasks(shown, sample, "blocked", sample.blocked());
        tasks(shown, sample, "ready", sample.ready());
        tasks(shown, sample, "running", sample.running());
        workers(shown, sample, "idle", sample.idle());
        workers(shown, sample, "starting", sample.starting());
        workers(shown, sample, "draining", sample.draining());
        workers(shown, sample, "busy", sample.alive() - sample.idle() - sample.starting());
    }

    /** Shows the workers that are wanted; how many more than before. */
    int desire(int partition, String deployment, String component, int workers, Instant now) {
        Shown shown = byDeployment.computeIfAbsent(deployment, _ -> new Shown(partition, now));
        String name = "scalable.pool.desired";
        AtomicInteger value = gauge(shown, name, deployment, component, DESIRED.getValue());
        return workers - value.getAndSet(workers);
    }

    /** True if demand is shown of a deployment, and not what is wanted for it. */
    boolean lacksDesired(String deployment) {
        Shown shown = byDeployment.get(deployment);
        return shown != null
                && shown.gauges.keySet().stream()
                        .noneMatch(tags -> tags.stream().anyMatch(DESIRED::equals));
    }

    /** Shows nothing more of a deployment that has ended. */
    void forget(String deployment) {
        Shown shown = byDeployment.remove(deployment);
        if (shown != null) {
            hide(shown);
        }
    }

    /** Shows nothing more of partitions that are another instance's. */
    void revoked(Set<Integer> partitions) {
        forgetAll(shown -> partitions.contains(shown.partition));
    }

    /** Shows nothing more of deployments that nothing was heard of for long. */
    void forgetSilent(Instant now) {
        forgetAll(shown -> shown.heard.plus(SILENT).isBefore(now));
    }

    private void forgetAll(Predicate<Shown> which) {
        byDeployment
                .values()
                .removeIf(
                        shown -> {
                            boolean gone = which.test(shown);
                            if (gone) {
                                hide(shown);
                            }
                            return gone;
                        });
    }

    private void hide(Shown shown) {
        shown.gauges.values().forEach(gauge -> registry.remove(gauge.id()));
    }

    private void tasks(Shown shown, PoolSample sample, String state, int tasks) {
        String name = "scalable.pool.tasks";
        gauge(shown, name, sample.deploymentId(), sample.component(), state).set(tasks);
    }

    private void workers(Shown shown, PoolSample sample, String state, int workers) {
        String name = "scalable.pool.workers";
        gauge(shown, name, sample.deploymentId(), sample.component(), state)
                .set(Math.max(0, workers));
    }

    private AtomicInteger gauge(
            Shown shown, String name, String deployment, String component, String state) {
        Tags tags = Tags.of("deployment", deployment, "component", component, "state", state);
        return shown.gauges
                .computeIfAbsent(
                        tags.and("name", name),
                        _ -> {
                            var value = new AtomicInteger();
                            Meter.Id id =
                                    Gauge.builder(name, value, AtomicInteger::get)
                                            .tags(tags)
                                            .strongReference(true)
                                            .register(registry)
                                            .getId();
                            return new ShownNumber(value, id);
                        })
                .value();
    }
}
