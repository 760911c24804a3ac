package io.scalable.provider.local.service.rest;

import io.scalable.provider.kafka.LoopState;
import io.scalable.provider.local.service.ProviderLocalService;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while there is a loop, also while brokers are away: starting anew brings none back. */
@Liveness
final class ProviderLocalLiveness implements HealthCheck {

    private final ProviderLocalService provider;

    ProviderLocalLiveness(ProviderLocalService provider) {
        this.provider = provider;
    }

    @Override
    public HealthCheckResponse call() {
        boolean ended = provider.state() instanceof LoopState.Ended;
        return HealthCheckResponse.named("provider-local").status(!ended).build();
    }
}
