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
 * @param endedAt when its tombstone came; null while it lives
 */
public record DeploymentEntry(
        String deploymentId,
        Instant firstSeen,
        @Nullable DeploymentSpec spec,
        @Nullable ScalePlan plan,
        @Nullable Instant endedAt)
        implements Row {

    static DeploymentEntry unknown(String deploymentId, Instant now) {
        return new DeploymentEntry(deploymentId, now, null, null, null);
    }

    DeploymentEntry declared(DeploymentSpec newest) {
        return new DeploymentEntry(deploymentId, firstSeen, newest, plan, null);
    }

    DeploymentEntry planned(ScalePlan newest) {
        return new DeploymentEntry(deploymentId, firstSeen, spec, newest, endedAt);
    }

    DeploymentEntry ended(Instant now) {
        return new DeploymentEntry(deploymentId, firstSeen, null, null, now);
    }

    @Override
    public String key() {
        return "d";
    }
}
