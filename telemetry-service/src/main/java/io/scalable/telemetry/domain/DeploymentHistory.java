package io.scalable.telemetry.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A deployment in a few words.
 *
 * @param target the target's name in the manifest
 * @param provider the kind of target
 * @param createdAt when it was published
 * @param endedAt when it ended; null while it lives
 */
public record DeploymentHistory(
        String deploymentId,
        String project,
        String target,
        String provider,
        String objective,
        String policy,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** A deployment that was published; publishing it again after its end revives it. */
    public static DeploymentHistory of(DeploymentSpec spec) {
        return new DeploymentHistory(
                spec.deploymentId(),
                spec.project(),
                spec.target().name(),
                spec.target().provider(),
                spec.objective().text(),
                spec.policy().text(),
                spec.createdAt(),
                null);
    }

    /** The deployment after its tombstone. */
    public DeploymentHistory ended(Instant at) {
        return new DeploymentHistory(
                deploymentId, project, target, provider, objective, policy, createdAt, at);
    }
}
