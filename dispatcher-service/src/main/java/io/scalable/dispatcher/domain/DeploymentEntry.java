package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the deployment itself.
 *
 * @param deploymentId its id
 * @param firstSeen when anything was heard of it first
 * @param spec its spec; null until it is published, and after its end
 * @param plan the newest scale plan; null before the first
 * @param createdAt when it was created, as its first spec says; leases and reports carry it, so that
 *     those of an earlier deployment of the same id are told apart; null while there is no spec
 * @param endedAt when its tombstone came; null while it lives
 */
public record DeploymentEntry(
        String deploymentId,
        Instant firstSeen,
        @Nullable DeploymentSpec spec,
        @Nullable ScalePlan plan,
        @Nullable Instant createdAt,
        @Nullable Instant endedAt)
        implements Row {

    static DeploymentEntry unknown(String deploymentId, Instant now) {
        return new DeploymentEntry(deploymentId, now, null, null, null, null);
    }

    DeploymentEntry declared(DeploymentSpec newest) {
        Instant first = createdAt == null ? newest.createdAt() : createdAt;
        return new DeploymentEntry(deploymentId, firstSeen, newest, plan, first, null);
    }

    DeploymentEntry planned(ScalePlan newest) {
        return new DeploymentEntry(deploymentId, firstSeen, spec, newest, createdAt, endedAt);
    }

    DeploymentEntry ended(Instant now) {
        return new DeploymentEntry(deploymentId, firstSeen, null, null, null, now);
    }

    /**
     * True unless a lease was given by an earlier deployment of the same id.
     *
     * @param created what the lease says; null if it does not say so
     */
    boolean gaveLease(@Nullable Instant created) {
        return created == null || createdAt == null || created.equals(createdAt);
    }

    @Override
    public String key() {
        return "d";
    }
}
