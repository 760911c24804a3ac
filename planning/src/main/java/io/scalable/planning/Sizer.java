package io.scalable.planning;

import io.scalable.contracts.deployment.Objective;
import io.scalable.planning.Candidates.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses among the candidate worker counts by the objective. */
final class Sizer {

    /**
     * The choice.
     *
     * @param sizes the size of each pool that has work
     * @param seconds until all work is done at these sizes
     */
    record Sizing(Map<String, PoolSize> sizes, double seconds) {}

    private final Objective objective;
    private final @Nullable Double deadlineSeconds;

    /**
     * @param deadlineSeconds seconds that are left until the walltime; null without one
     */
    Sizer(Objective objective, @Nullable Double deadlineSeconds) {
        this.objective = objective;
        this.deadlineSeconds = deadlineSeconds;
    }

    Sizing choose(List<Stage> work, List<PoolWork> pools, int cap) {
        var candidates = new Candidates(work, pools, cap);
        return switch (objective) {
            case MINIMIZE_TIME -> fastest(candidates, pools, work);
            case MINIMIZE_COST -> cheapest(candidates);
            case BALANCE -> balanced(candidates, pools, work);
        };
    }

    private static Sizing fastest(Candidates candidates, List<PoolWork> pools, List<Stage> work) {
        Candidate top = candidates.at(candidates.top());
        return sizing(top, limits(pools, work, "as fast as possible"));
    }

    /** Fewest that finish in time, by bisection: more workers never finish later. */
    private Sizing cheapest(Candidates candidates) {
        if (deadlineSeconds == null) {
            String why = "minimize cost without a walltime: one worker per pool in use";
            return sizing(candidates.at(1), (c, n) -> new PoolSize(n, why, PoolSize.OBJECTIVE));
        }
        int low = 1;
        int high = candidates.top();
        while (low < high) {
            int middle = (low + high) / 2;
            if (candidates.at(middle).seconds() <= deadlineSeconds) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Candidate found = candidates.at(low);
        String why =
                found.seconds() <= deadlineSeconds
                        ? format(
                                "fewest that finish within the walltime: %s of %s left",
                                seconds(found.seconds()), seconds(deadlineSeconds))
                        : format(
                                "no count within the bounds finishes in the %s that are left of"
                                        + " the walltime; the nearest takes %s",
                                seconds(deadlineSeconds), seconds(found.seconds()));
        return sizing(found, (c, n) -> new PoolSize(n, why, PoolSize.WALLTIME));
    }

    /** Smallest worst ratio to the best time and to the best cost; ties go to fewer workers. */
    private static Sizing balanced(Candidates candidates, List<PoolWork> pools, List<Stage> work) {
        var all = new ArrayList<Candidate>();
        candidates.levels().forEach(level -> all.add(candidates.at(level)));
        double time = all.stream().mapToDouble(Candidate::seconds).min().orElse(0);
        double cost = all.stream().mapToDouble(Candidate::cost).min().orElse(0);
        Candidate best = all.getFirst();
        double bestRegret = Double.POSITIVE_INFINITY;
        for (Candidate candidate : all) {
            double regret = Math.max(candidate.seconds() / time, candidate.cost() / cost);
            if (regret < bestRegret - 1e-9) {
                best = candidate;
                bestRegret = regret;
            }
        }
        double slower = best.seconds() / time;
        double dearer = best.cost() / cost;
        String why =
                format(
                        "balance: %.2f times the shortest time, %.2f times the least cost",
                        slower, dearer);
        return sizing(best, limits(pools, work, why));
    }

    /** Explains a count by the tasks or the bounds where one of them kept it from being larger. */
    private static Explain limits(List<PoolWork> pools, List<Stage> work, String why) {
        var depths = new Depths(work);
        Map<String, PoolWork> known = new HashMap<>();
        pools.forEach(p -> known.put(p.component(), p));
        return (component, workers) -> {
            PoolWork pool = known.get(component);
            if (pool != null && workers >= pool.workersFor(depths.peak(component))) {
                return new PoolSize(workers, why + "; no more slots than tasks", PoolSize.TASKS);
            }
            if (pool != null && workers >= pool.bounds().maximum()) {
                return new PoolSize(workers, why + "; at its maximum", PoolSize.MAXIMUM);
            }
            return new PoolSize(workers, why, PoolSize.OBJECTIVE);
        };
    }

    private interface Explain {
        PoolSize size(String component, int workers);
    }

    private static Sizing sizing(Candidate candidate, Explain explain) {
        var sizes = new LinkedHashMap<String, PoolSize>();
        candidate.workers().forEach((c, n) -> sizes.put(c, explain.size(c, n)));
        return new Sizing(sizes, candidate.seconds());
    }

    static String seconds(double seconds) {
        return format(seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
