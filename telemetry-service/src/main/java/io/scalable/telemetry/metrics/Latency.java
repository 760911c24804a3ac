package io.scalable.telemetry.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;

/** Timers with buckets from ten milliseconds to a day: tasks and starts differ that much. */
final class Latency {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofDays(1)
    };

    private Latency() {}

    static Timer timer(MeterRegistry registry, String name, String component) {
        return Timer.builder(name)
                .tag("component", component)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Never negative: the two moments may be told by two clocks. */
    static Duration between(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.isNegative() ? Duration.ZERO : between;
    }
}
