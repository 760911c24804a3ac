package io.scalable.telemetry.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.scalable.telemetry.domain.PoolSample;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What each pool of a living deployment needs, has and shall have. */
final class PoolGauges {

    private final MeterRegistry registry;
    private final Map<String, Map<Tags, Shown>> byDeployment = new HashMap<>();

    /** A gauge with the number that it shows. */
    private record Shown(AtomicInteger value, Meter.Id id) {}

    PoolGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(PoolSample sample) {
        tasks(sample, "blocked", sample.blocked());
        tasks(sample, "ready", sample.ready());
        tasks(sample, "running", sample.running());
        workers(sample, "idle", sample.idle());
        workers(sample, "starting", sample.starting());
        workers(sample, "draining", sample.draining());
        workers(sample, "busy", sample.alive() - sample.idle() - sample.starting());
    }

    /** Shows the workers that are wanted; how many more than before. */
    int desire(String deployment, String component, int workers) {
        AtomicInteger value =
                gauge("scalable.pool.desired", deployment, component, "desired").value();
        return workers - value.getAndSet(workers);
    }

    /** Shows nothing more of a deployment that has ended. */
    void forget(String deployment) {
        Map<Tags, Shown> shown = byDeployment.remove(deployment);
        if (shown != null) {
            shown.values().forEach(gauge -> registry.remove(gauge.id()));
        }
    }

    private void tasks(PoolSample sample, String state, int tasks) {
        gauge("scalable.pool.tasks", sample.deploymentId(), sample.component(), state)
                .value()
                .set(tasks);
    }

    private void workers(PoolSample sample, String state, int workers) {
        gauge("scalable.pool.workers", sample.deploymentId(), sample.component(), state)
                .value()
                .set(Math.max(0, workers));
    }

    private Shown gauge(String name, String deployment, String component, String state) {
        Tags tags = Tags.of("deployment", deployment, "component", component, "state", state);
        return byDeployment
                .computeIfAbsent(deployment, _ -> new HashMap<>())
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
                            return new Shown(value, id);
                        });
    }
}
