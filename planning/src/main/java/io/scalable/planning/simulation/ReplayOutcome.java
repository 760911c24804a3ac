package io.scalable.planning.simulation;

import io.scalable.contracts.scaling.ScalePlan;
import org.jspecify.annotations.Nullable;

/**
 * How a replay went.
 *
 * @param recorded decisions that the run recorded
 * @param replayed decisions that the replay made
 * @param reproduced decisions with the same counts in both
 * @param firstDifference the earliest decision that is not the same; null if all are
 */
public record ReplayOutcome(
        int recorded, int replayed, int reproduced, @Nullable Difference firstDifference) {

    /**
     * A decision that is not the same.
     *
     * @param generation its number
     * @param recorded what the run decided; null if it made fewer decisions
     * @param replayed what the replay decided; null if it made fewer
     */
    public record Difference(
            long generation, @Nullable ScalePlan recorded, @Nullable ScalePlan replayed) {}

    /** True if every decision came out again, and no other. */
    public boolean exact() {
        return firstDifference == null;
    }
}
