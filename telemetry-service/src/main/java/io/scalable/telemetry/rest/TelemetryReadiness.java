package io.scalable.telemetry.rest;

import io.scalable.telemetry.messaging.HistoryLoop;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while what comes is stored; else it says in short words what is waited for. No bean where
 * the health extension is missing, as in the standalone.
 */
@Readiness
final class TelemetryReadiness implements HealthCheck {

    private final HistoryLoop loop;

    TelemetryReadiness(HistoryLoop loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> trouble = loop.trouble();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("telemetry").status(trouble.isEmpty());
        trouble.ifPresent(reason -> answer.withData("waits", reason));
        return answer.build();
    }
}
