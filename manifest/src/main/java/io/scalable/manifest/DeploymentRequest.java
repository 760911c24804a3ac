package io.scalable.manifest;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment needs to know beyond its manifest.
 *
 * @param deploymentId see {@link io.scalable.contracts.Ids}
 * @param createdAt now
 * @param providerHost who runs the reconcile loop for it
 * @param storage where large payloads and task logs go
 * @param objective what was asked for; null leaves it to the target, and then to {@code balance}
 * @param policy what was asked for; null leaves it to the target, and then to {@code safe}
 */
public record DeploymentRequest(
        String deploymentId,
        Instant createdAt,
        String providerHost,
        URI storage,
        @Nullable Objective objective,
        @Nullable Policy policy) {}
