package io.scalable.cli;

import io.scalable.client.inspect.DeploymentView;
import io.scalable.client.run.DeploymentCondition;
import io.scalable.contracts.scaling.PoolPlan;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a deployment that lives and its pools fare. Pure. */
final class ConditionText {

    private ConditionText() {}

    /** One line for each thing to know of the deployment, the most important first. */
    static List<String> of(DeploymentView deployment, DeploymentCondition condition) {
        var lines = new ArrayList<String>();
        for (DeploymentSetAside aside : condition.setAside()) {
            lines.add(
                    "Set aside by %s since %s: %s. Publish the deployment anew, or undeploy it, to release it."
                            .formatted(aside.service(), aside.at(), aside.reason()));
        }
        condition.missing().forEach(need -> lines.add(need.describe() + "."));
        String host = deployment.providerHost();
        if (host != null) {
            lines.add(host(host, deployment.provider(), condition.providers()));
        }
        return lines;
    }

    /** The same, and how many workers {@code pool} is to have. */
    static List<String> of(DeploymentView deployment, String pool, DeploymentCondition condition) {
        List<String> lines = of(deployment, condition);
        lines.add(wanted(pool, condition));
        return lines;
    }

    /** How many workers a pool is to have, and why. */
    static String wanted(String pool, DeploymentCondition condition) {
        ScalePlan plan = condition.plan();
        PoolPlan part = plan == null ? null : plan.pool(pool).orElse(null);
        return plan == null || part == null
                ? "Pool %s has no plan yet: the planner has not decided on it.".formatted(pool)
                : "%d workers wanted since %s: %s (bound by %s)."
                        .formatted(
                                part.desired(), plan.at(), part.reason(), part.bindingConstraint());
    }

    private static String host(String host, String provider, @Nullable List<String> providers) {
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
