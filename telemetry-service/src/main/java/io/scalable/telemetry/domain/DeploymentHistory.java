package io.scalable.telemetry.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment in a few words.
 *
 * @param target the target's name in the manifest
 * @param provider the kind of target
 * @param storage where its tasks' logs go; null for deployments of an older version
 * @param createdAt when it was published
 * @param endedAt when it ended; null while it lives
 * @param pricing what its workers cost; null where they have no price
 * @param providerHost who launches its workers; null for deployments of an older version
 */
public record DeploymentHistory(
        String deploymentId,
        String project,
        String target,
        String provider,
        String objective,
        String policy,
        @Nullable URI storage,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Pricing pricing,
        @Nullable String providerHost) {

    /** A deployment that was published; publishing it again after its end revives it. */
    public static DeploymentHistory of(DeploymentSpec spec) {
        return new DeploymentHistory(
                spec.deploymentId(),
                spec.project(),
                spec.target().name(),
                spec.target().provider(),
                spec.objective().text(),
                spec.policy().text(),
                spec.storage(),
                spec.createdAt(),
                null,
                spec.pricing(),
                spec.providerHost());
    }

    /**
     * True if {@code spec} begins another life under the same id: this one has ended, and the new
     * one was created at another time. A run that is resumed keeps the time, and its history.
     */
    public boolean restartedBy(DeploymentSpec spec) {
        return endedAt != null && !createdAt.equals(spec.createdAt());
    }

    /** The deployment after its tombstone. */
    public DeploymentHistory ended(Instant at) {
        return new DeploymentHistory(
                deploymentId,
                project,
                target,
                provider,
                objective,
                policy,
                storage,
                createdAt,
                at,
                pricing,
                providerHost);
    }
}
