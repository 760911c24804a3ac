package io.scalable.provider.reconcile;

import io.scalable.contracts.deployment.DeploymentSpec;
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
        int maximum =
                deployment.component(component).map(spec -> spec.bounds().maximum()).orElse(0);
        return Math.min(plan.desired(component), maximum);
    }

    /** The most workers alive over all pools. */
    int maxWorkers() {
        Integer max = deployment.target().maxWorkers();
        return max == null ? Integer.MAX_VALUE : max;
    }
}
