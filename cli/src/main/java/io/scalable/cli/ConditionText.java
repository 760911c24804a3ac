package io.scalable.cli;

import io.scalable.client.run.DeploymentCondition;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a pool of a deployment on services fares. Pure. */
final class ConditionText {

    private ConditionText() {}

    /** One line for each thing to know, the most important first. */
    static List<String> of(DeploymentSpec spec, String pool, DeploymentCondition condition) {
        var lines = new ArrayList<String>();
        for (DeploymentSetAside aside : condition.setAside()) {
            lines.add(
                    "Set aside by %s since %s: %s. Publish the deployment anew, or undeploy it, to release it."
                            .formatted(aside.service(), aside.at(), aside.reason()));
        }
        condition.missing().forEach(need -> lines.add(need.describe() + "."));
        lines.add(host(spec, condition.providers()));
        ScalePlan plan = condition.plan();
        PoolPlan part = plan == null ? null : plan.pool(pool).orElse(null);
        lines.add(
                plan == null || part == null
                        ? "Pool %s has no plan yet: the planner has not decided on it."
                                .formatted(pool)
                        : "%d workers wanted since %s: %s (bound by %s)."
                                .formatted(
                                        part.desired(),
                                        plan.at(),
                                        part.reason(),
                                        part.bindingConstraint()));
        return lines;
    }

    private static String host(DeploymentSpec spec, @Nullable List<String> providers) {
        String host = spec.providerHost();
        String provider = spec.target().provider();
        if (providers == null) {
            return "Nobody serves its provider host '%s', so no worker is launched: start it, or deploy again with another --provider-host."
                    .formatted(host);
        }
        return providers.contains(provider)
                ? "Its provider host '%s' lives.".formatted(host)
                : "Its provider host '%s' has no provider '%s', only %s."
                        .formatted(host, provider, String.join(", ", providers));
    }
}
