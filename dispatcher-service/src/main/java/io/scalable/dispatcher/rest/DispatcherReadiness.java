package io.scalable.dispatcher.rest;

import io.scalable.dispatcher.config.DispatcherService;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the dispatcher has its partitions. No bean where the health extension is missing, as
 * in the standalone.
 */
@Readiness
final class DispatcherReadiness implements HealthCheck {

    private final DispatcherService dispatcher;

    DispatcherReadiness(DispatcherService dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("dispatcher").status(dispatcher.running()).build();
    }
}
