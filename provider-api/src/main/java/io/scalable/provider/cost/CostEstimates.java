package io.scalable.provider.cost;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.provider.CostEstimate;
import java.util.Optional;

/** What plans cost, alike for all providers. */
public final class CostEstimates {

    private CostEstimates() {}

    /**
     * What the plan costs until the known work is done: what the planner predicts where it names a
     * sum, else all desired workers for that long. Money is null where the deployment has no
     * prices; empty if the duration is unknown.
     */
    public static Optional<CostEstimate> of(DeploymentSpec deployment, ScalePlan plan) {
        Double seconds = plan.predictedCompletionSeconds();
        if (seconds == null) {
            return Optional.empty();
        }
        Pricing pricing = deployment.pricing();
        double coreHours = 0;
        double money = 0;
        for (ComponentSpec component : deployment.components()) {
            int workers = plan.desired(component.name());
            coreHours += workers * component.cpus() * seconds / 3600;
            if (pricing != null) {
                money += workers * pricing.cost(component.name(), seconds);
            }
        }
        if (pricing == null) {
            return Optional.of(new CostEstimate(coreHours, null, null));
        }
        boolean predicted = plan.cost() != null && pricing.currency().equals(plan.currency());
        Double sum = predicted ? plan.cost() : Double.valueOf(money);
        return Optional.of(new CostEstimate(coreHours, sum, pricing.currency()));
    }
}
