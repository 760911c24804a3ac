package io.scalable.provider.local.service.rest;

import io.scalable.provider.kafka.LoopState;
import io.scalable.provider.local.service.ProviderLocalService;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the loop serves; says in a few words why it does not. No bean where the health
 * extension is missing, as in the standalone.
 */
@Readiness
final class ProviderLocalReadiness implements HealthCheck {

    private final ProviderLocalService provider;

    ProviderLocalReadiness(ProviderLocalService provider) {
        this.provider = provider;
    }

    @Override
    public HealthCheckResponse call() {
        LoopState state = provider.state();
        return HealthCheckResponse.named("provider-local")
                .status(state.up())
                .withData("state", state.words())
                .build();
    }
}
