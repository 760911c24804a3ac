package io.scalable.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import java.util.ArrayList;
import java.util.List;

/** The plans of one deployment, each checked for what must hold of every plan. */
final class PlanLog {

    private final DeploymentSpec spec;
    private final List<ScalePlan> plans = new ArrayList<>();

    PlanLog(DeploymentSpec spec) {
        this.spec = spec;
    }

    List<ScalePlan> plans() {
        return plans;
    }

    /**
     * @param failing true if workers fail to start: then a pool may be below its minimum
     */
    void add(ScalePlan plan, boolean failing) {
        assertThat(plan.generation()).isEqualTo(plans.size() + 1);
        Integer cap = spec.target().maxWorkers();
        Allowance allowance = Allowance.of(spec);
        // Bounds of the whole deployment go before a pool's minimum.
        boolean limited = cap != null || spec.pricing() != null;
        int total = 0;
        double cost = 0;
        for (ComponentSpec c : spec.components()) {
            var pool = plan.pool(c.name()).orElseThrow();
            assertThat(pool.desired()).isLessThanOrEqualTo(c.bounds().maximum());
            if (!limited && !failing) {
                assertThat(pool.desired()).isGreaterThanOrEqualTo(c.bounds().minimum());
            }
            assertThat(pool.reason()).isNotBlank();
            assertThat(pool.bindingConstraint()).isNotBlank();
            total += pool.desired();
            cost += pool.desired() * allowance.price(c.name());
        }
        assertThat(total).isLessThanOrEqualTo(cap == null ? Integer.MAX_VALUE : cap);
        assertThat(cost).isLessThanOrEqualTo(allowance.perHour() + Allowance.EXACT);
        assertThat(plan.confidence()).isBetween(0.0, 1.0);
        plans.add(plan);
    }

    /** Pools whose count changed from one plan to the next, with the direction. */
    List<String> moves() {
        var moves = new ArrayList<String>();
        for (int i = 1; i < plans.size(); i++) {
            for (ComponentSpec c : spec.components()) {
                int by = plans.get(i).desired(c.name()) - plans.get(i - 1).desired(c.name());
                if (by != 0) {
                    moves.add(c.name() + (by > 0 ? " up" : " down"));
                }
            }
        }
        return moves;
    }
}
