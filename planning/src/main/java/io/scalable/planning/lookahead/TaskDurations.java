package io.scalable.planning.lookahead;

import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.Durations;
import io.scalable.planning.estimate.LogNormal;
import io.scalable.planning.estimate.WorkEstimator;
import org.jspecify.annotations.Nullable;

/**
 * How long tasks of one kind take, at one moment. Where something was seen or the user has said
 * something, they are given durations spread like that, in a fixed order that mixes short and long;
 * else all get the guess.
 */
final class TaskDurations {

    /** Seconds guessed of a task while no task of the deployment has ended. */
    private static final double GUESS = 10;

    private static final double LARGEST_GUESS = 60;
    private static final double LEAST = 1e-3;
    private static final double LEAST_LEFT = 0.1;

    private final @Nullable Durations seen;
    private final @Nullable LogNormal hint;
    private final double mean;

    private TaskDurations(@Nullable Durations seen, @Nullable LogNormal hint, double mean) {
        this.seen = seen;
        this.hint = hint;
        this.mean = Math.max(LEAST, mean);
    }

    /**
     * What is known now.
     *
     * @param task the task's name
     * @param pool its component
     * @param ages how long tasks of the kind run already
     */
    static TaskDurations of(WorkEstimator estimator, String task, String pool, double[] ages) {
        Durations seen = estimator.seen(task, pool).orElse(null);
        if (seen != null) {
            return new TaskDurations(seen, null, seen.estimate(ages).mean());
        }
        if (estimator.hinted(task)) {
            DurationEstimate said = estimator.duration(task, pool);
            var hint = new LogNormal(said.p50(), WorkEstimator.EXPECT_SIGMA);
            return new TaskDurations(null, hint, said.mean());
        }
        double oldest = 0;
        for (double age : ages) {
            oldest = Math.max(oldest, age);
        }
        double guess = Math.min(LARGEST_GUESS, estimator.typicalSeconds(GUESS));
        return new TaskDurations(null, null, Math.max(guess, 2 * oldest));
    }

    /** False where there is nothing but the guess. */
    boolean known() {
        return seen != null || hint != null;
    }

    double mean() {
        return mean;
    }

    /** The duration of the {@code n}th task to come. */
    double typical(int n) {
        if (seen != null) {
            return Math.max(LEAST, seen.quantile(mixed(n)));
        }
        return hint != null ? Math.max(LEAST, hint.quantile(mixed(n))) : mean;
    }

    /** What a task of this age still needs. */
    double residual(double age) {
        if (seen != null) {
            return Math.max(LEAST_LEFT, seen.residual(age));
        }
        return age < mean / 2 ? mean - age : Math.max(age / 2, LEAST_LEFT);
    }

    /** The van der Corput sequence: every stretch of it is spread evenly over 0 to 1. */
    private static double mixed(int n) {
        return (Integer.reverse(n) >>> 1) / (double) (1L << 31);
    }
}
