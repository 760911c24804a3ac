package io.scalable.planning.lookahead;

import io.scalable.contracts.deployment.Objective;
import io.scalable.contracts.deployment.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What is better: a weighted sum of the logarithms of cost and time, so that a tenth more of one
 * weighs like a tenth more of the other under equal weights.
 *
 * @param timeWeight from 0 (cost alone) to 1 (time alone), exclusive
 * @param deadlineSeconds when all must be done, since the deployment's start; null without one
 * @param patienceSeconds idle workers stay at least so long while work may come from outside
 */
public record Goal(double timeWeight, @Nullable Double deadlineSeconds, double patienceSeconds) {

    /** A tenth beyond the deadline weighs like ten times the cost of it. */
    private static final double LATE = 10;

    /** The deadline is met with this much to spare, as far as it is in the planner's hand. */
    private static final double MARGIN = 1.15;

    /** Completions nearer to the deadline than this owe their workers to it. */
    private static final double PRESSING = 1.5;

    /** The safe policy plans for a fifth more work than expected. */
    private static final double HEADROOM = 1.2;

    /** The safe policy keeps idle workers at least so long while work may come, seconds. */
    private static final double PATIENCE = 30;

    /** The weights of the three objectives; only minimize cost minds the deadline. */
    public static Goal of(Objective objective, Policy policy, @Nullable Double deadlineSeconds) {
        double headroom = policy == Policy.SAFE ? HEADROOM : 1;
        double patience = policy == Policy.SAFE ? PATIENCE : 0;
        return switch (objective) {
            case MINIMIZE_TIME -> new Goal(0.9, null, patience);
            case BALANCE -> new Goal(0.5, null, patience);
            case MINIMIZE_COST ->
                    new Goal(
                            0.15,
                            deadlineSeconds == null ? null : deadlineSeconds / headroom,
                            patience);
        };
    }

    /** True if it is the deadline that decides. */
    boolean isPressed(double completion) {
        return deadlineSeconds != null && completion * PRESSING > deadlineSeconds;
    }

    /** Lower is better. */
    double score(double cost, double completion) {
        double score =
                (1 - timeWeight) * Math.log(Math.max(cost, 1e-3))
                        + timeWeight * Math.log(Math.max(completion, 1e-3));
        if (deadlineSeconds != null && completion * MARGIN > deadlineSeconds) {
            score += LATE * Math.log(completion * MARGIN / deadlineSeconds);
        }
        return score;
    }

    /** What a second of time may cost, in units of a second's share of the whole cost. */
    double exchange() {
        return timeWeight / (1 - timeWeight);
    }
}
