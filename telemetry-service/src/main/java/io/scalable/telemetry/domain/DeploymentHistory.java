package io.scalable.telemetry.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import java.net.URI;
import java.time.Instant;
import java.util.List;
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
        @Nullable Pricing pricing) {

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
                spec.pricing());
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
                pricing);
    }

    /**
     * What its workers have cost until {@code now}; null without prices.
     *
     * @param workers all of them
     */
    public @Nullable Double spent(List<WorkerHistory> workers, Instant now) {
        Pricing prices = pricing;
        return prices == null
                ? null
                : (Double) workers.stream().mapToDouble(w -> w.bill().cost(prices, now)).sum();
    }
}
