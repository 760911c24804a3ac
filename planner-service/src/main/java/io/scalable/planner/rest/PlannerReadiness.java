package io.scalable.planner.rest;

import io.scalable.planner.messaging.PlannerService;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the planner decides; else it says what it waits for. No bean where the health
 * extension is missing, as in the standalone.
 */
@Readiness
final class PlannerReadiness implements HealthCheck {

    private final PlannerService planner;

    PlannerReadiness(PlannerService planner) {
        this.planner = planner;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = planner.trouble();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("planner").status(trouble.isEmpty());
        trouble.ifPresent(reason -> answer.withData("waits", reason));
        return answer.build();
    }
}
