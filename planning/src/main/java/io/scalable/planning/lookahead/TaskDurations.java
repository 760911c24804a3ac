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

    /** With fewer completions than this, tasks are thought to differ more than they did. */
    private static final int FEW = 5;

    /** Spread of the tasks of one kind where little is known: sigma of the logarithm. */
    private static final double SPREAD = 0.5;

    /** Spread of the kinds of which nothing is known. */
    private static final double UNKNOWN = 1.5;

    /** How far all tasks of a kind may be off together where the user has said something. */
    private static final double HINT_ERROR = 0.3;

    private static final double LEAST_LEFT = 0.1;

    private final @Nullable Durations seen;
    private final @Nullable LogNormal hint;
    private final double mean;
    private final double oldest;
    private final double error;
    private final int name;

    private TaskDurations(
            String name,
            @Nullable Durations seen,
            @Nullable LogNormal hint,
            double mean,
            double oldest) {
        this.seen = seen;
        this.hint = hint;
        this.mean = Math.max(LEAST, mean);
        this.oldest = oldest;
        this.name = name.hashCode();
        error = seen != null ? SPREAD / Math.sqrt(seen.size()) : hint != null ? HINT_ERROR : 0;
    }

    /**
     * What is known now.
     *
     * @param task the task's name
     * @param pool its component
     * @param ages how long tasks of the kind run already
     */
    static TaskDurations of(WorkEstimator estimator, String task, String pool, double[] ages) {
        double oldest = 0;
        for (double age : ages) {
            oldest = Math.max(oldest, age);
        }
        Durations seen = estimator.seen(task, pool).orElse(null);
        if (seen != null) {
            return new TaskDurations(task, seen, null, seen.estimate(ages).mean(), oldest);
        }
        if (estimator.hinted(task)) {
            DurationEstimate said = estimator.duration(task, pool);
            var hint = new LogNormal(said.p50(), WorkEstimator.EXPECT_SIGMA);
            return new TaskDurations(task, null, hint, said.mean(), oldest);
        }
        double guess = Math.min(LARGEST_GUESS, estimator.typicalSeconds(GUESS));
        return new TaskDurations(task, null, null, Math.max(guess, 2 * oldest), oldest);
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

    /** The duration of the {@code n}th task to come in a scenario. */
    double draw(int n, int scenario) {
        double factor = Math.exp(error * z(scenario));
        double u = mixed(n * Scenarios.COUNT + scenario + 1);
        if (seen != null) {
            double spread = seen.size() < FEW ? new LogNormal(1, SPREAD).quantile(u) : 1;
            return Math.max(LEAST, factor * spread * seen.quantile(u));
        }
        if (hint != null) {
            return Math.max(LEAST, factor * hint.quantile(u));
        }
        return kind(scenario) * new LogNormal(1, SPREAD).quantile(u);
    }

    /** What a task of this age still needs in a scenario; the same age gives the same. */
    double residualDraw(double age, int scenario) {
        long bits = Math.round(age * 1000) * 0x9E3779B97F4A7C15L;
        double u = (((bits >>> 24) % 997) / 997.0 + Scenarios.stratum((int) bits, scenario)) % 1;
        if (seen != null) {
            return Math.max(LEAST_LEFT, seen.residual(age, u));
        }
        double median = hint != null ? hint.median() : kind(scenario);
        return new LogNormal(median, hint != null ? hint.sigma() : SPREAD).remaining(age, u);
    }

    /** What a task of a kind of which nothing has ended may take, as its ages allow. */
    private double kind(int scenario) {
        var guess = new LogNormal(mean, UNKNOWN);
        return oldest + guess.remaining(oldest, Scenarios.stratum(name, scenario));
    }

    private double z(int scenario) {
        return Math.log(new LogNormal(1, 1).quantile(Scenarios.stratum(name, scenario)));
    }

    /** The van der Corput sequence: every stretch of it is spread evenly over 0 to 1. */
    private static double mixed(int n) {
        return (Integer.reverse(n) >>> 1) / (double) (1L << 31);
    }
}
