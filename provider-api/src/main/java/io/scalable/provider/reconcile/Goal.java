package io.scalable.provider.reconcile;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a deployment's workers.
 *
 * @param deployment the deployment
 * @param plan the newest scale plan; null until there is one, and then nothing is changed
 * @param ended true once the deployment has ended
 */
public record Goal(DeploymentSpec deployment, @Nullable ScalePlan plan, boolean ended) {

    /** Workers that the pool of {@code component} should have, within its maximum. */
    int wanted(String component) {
        if (ended || plan == null) {
            return 0;
        }
        return Math.min(plan.desired(component), maximum(component));
    }

    /** The most workers of the pool of {@code component}. */
    int maximum(String component) {
        return deployment.component(component).map(spec -> spec.bounds().maximum()).orElse(0);
    }

    /** The most workers alive over all pools. */
    int maxWorkers() {
        Integer max = deployment.target().maxWorkers();
        return max == null ? Integer.MAX_VALUE : max;
    }

    /** The most that all workers alive together may cost in an hour; infinite for no limit. */
    double maxPerHour() {
        Pricing pricing = deployment.pricing();
        Double most = pricing == null ? null : pricing.maxPerHour();
        return most == null ? Double.POSITIVE_INFINITY : most;
    }
}
