package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Objective;
import io.scalable.planning.CapacityFront.Choice;
import io.scalable.planning.reason.ReasonText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses among the worker counts of the front by the objective. */
final class CapacityChooser {

    /**
     * A choice and why.
     *
     * @param constraint what decided
     * @param feasible false if the walltime cannot be kept
     */
    record Chosen(Choice choice, String reason, String constraint, boolean feasible) {}

    private final Objective objective;
    private final @Nullable Double walltime;

    /**
     * @param walltime seconds that are left of it; null without one
     */
    CapacityChooser(Objective objective, @Nullable Double walltime) {
        this.objective = objective;
        this.walltime = walltime;
    }

    /**
     * @param front not empty; fewest workers and slowest first
     */
    Chosen choose(List<Choice> front) {
        Choice fastest = front.getLast();
        if (walltime != null && fastest.seconds() > walltime) {
            String why =
                    ReasonText.format(
                            "no count within the bounds finishes in the %s that are left of the"
                                    + " walltime; the nearest takes %s",
                            ReasonText.seconds(walltime), ReasonText.seconds(fastest.seconds()));
            return new Chosen(fastest, why, PoolSize.WALLTIME, false);
        }
        return switch (objective) {
            case MINIMIZE_TIME ->
                    new Chosen(fastest, "as fast as possible", PoolSize.OBJECTIVE, true);
            case MINIMIZE_COST -> cheapest(front);
            case BALANCE -> balanced(front);
        };
    }

    private boolean inTime(Choice choice) {
        return walltime == null || choice.seconds() <= walltime;
    }

    private Chosen cheapest(List<Choice> front) {
        if (walltime == null) {
            String why = "minimize cost without a walltime: the fewest workers";
            return new Chosen(front.getFirst(), why, PoolSize.OBJECTIVE, true);
        }
        Choice found = front.stream().filter(this::inTime).findFirst().orElseThrow();
        String why =
                ReasonText.format(
                        "fewest that finish within the walltime: %s of %s left",
                        ReasonText.seconds(found.seconds()), ReasonText.seconds(walltime));
        boolean least = found.equals(front.getFirst());
        return new Chosen(found, why, least ? PoolSize.OBJECTIVE : PoolSize.WALLTIME, true);
    }

    /** Regrets are normalised by the best time and the best cost; ties go to fewer workers. */
    private Chosen balanced(List<Choice> front) {
        double time = front.getLast().seconds();
        double cost = front.getFirst().cost();
        Choice best = front.getLast();
        double least = Double.POSITIVE_INFINITY;
        for (Choice choice : front) {
            double regret = Math.max(choice.seconds() / time, choice.cost() / cost);
            if (inTime(choice) && regret < least - 1e-9) {
                best = choice;
                least = regret;
            }
        }
        String why =
                ReasonText.format(
                        "balance: %.2f times the shortest time, %.2f times the least cost",
                        best.seconds() / time, best.cost() / cost);
        return new Chosen(best, why, PoolSize.OBJECTIVE, true);
    }

    /** One pool's part of the choice, with what kept it from being larger. */
    static PoolSize sizeOf(
            DeploymentSpec spec, ComponentSpec component, Chosen chosen, CapacityFront front) {
        int largest = front.largest(component);
        int workers = chosen.choice().workers().getOrDefault(component.name(), 0);
        String why = chosen.reason();
        boolean wantsMore = spec.objective() != Objective.MINIMIZE_COST || !chosen.feasible();
        if (wantsMore && workers >= component.bounds().maximum()) {
            return new PoolSize(workers, why + "; at its maximum", PoolSize.MAXIMUM);
        }
        if (wantsMore && workers < largest && front.heldByCost(component.name())) {
            String held = why + "; more would cost more an hour than the target allows";
            return new PoolSize(workers, held, PoolSize.MAX_COST_PER_HOUR);
        }
        if (wantsMore && workers >= largest) {
            return new PoolSize(workers, why + "; no more slots than tasks", PoolSize.TASKS);
        }
        return new PoolSize(workers, why, chosen.constraint());
    }
}
