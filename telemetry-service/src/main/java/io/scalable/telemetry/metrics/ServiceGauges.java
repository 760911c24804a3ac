package io.scalable.telemetry.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the services say of themselves, as the store has it: every instance shows the same, so the
 * largest is right and not the sum.
 */
public final class ServiceGauges {

    /** Shown with 0 as well; further services are shown once they set something aside. */
    private static final List<String> KNOWN = List.of("dispatcher", "planner");

    private final MeterRegistry registry;
    private final AtomicLong unserved = new AtomicLong();
    private final Map<String, AtomicLong> setAside = new HashMap<>();

    public ServiceGauges(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("scalable.deployments.unserved", unserved, AtomicLong::get)
                .strongReference(true)
                .register(registry);
        KNOWN.forEach(service -> setAside.put(service, gauge(service)));
    }

    /**
     * Shows how it is now.
     *
     * @param unservedDeployments living deployments whose provider host is silent
     * @param setAsideByService deployments that a service does not process
     */
    public void show(long unservedDeployments, Map<String, Long> setAsideByService) {
        unserved.set(unservedDeployments);
        setAside.forEach(
                (service, shown) -> shown.set(setAsideByService.getOrDefault(service, 0L)));
        setAsideByService.forEach(
                (service, count) -> setAside.computeIfAbsent(service, this::gauge).set(count));
    }

    private AtomicLong gauge(String service) {
        var value = new AtomicLong();
        Gauge.builder("scalable.deployments.set.aside", value, AtomicLong::get)
                .tag("service", service)
                .strongReference(true)
                .register(registry);
        return value;
    }
}
