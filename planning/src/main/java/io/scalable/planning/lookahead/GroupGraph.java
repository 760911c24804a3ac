package io.scalable.planning.lookahead;

import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.planning.estimate.Stage;
import io.scalable.planning.estimate.Stages;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph of tasks that are known by their groups and counted: the manifest's, as the dispatcher
 * reports on them. Large groups are taken in chunks, one after another in one slot.
 */
final class GroupGraph implements Backlog {

    private final Stages stages;
    private final WorkEstimator estimator;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<PoolSpec> pools;

    /**
     * @param estimator it has learned from a line before this sees it
     */
    GroupGraph(List<PoolSpec> pools, Stages stages, WorkEstimator estimator) {
        this.stages = stages;
        this.estimator = estimator;
        this.pools = pools;
        pools.forEach(pool -> places.put(pool.name(), places.size()));
    }

    @Override
    public Outstanding outstanding(PoolDemand demand, PoolObservation[] seen) {
        List<Stage> left =
                stages.remaining(demand).stream()
                        .filter(s -> places.containsKey(s.component()))
                        .toList();
        var draft = new Draft(seen, left);
        left.forEach(draft::add);
        left.forEach(draft::link);
        return draft.outstanding();
    }

    private final class Draft {

        private final double[][] residuals;
        private final double[][][] residualDraws;
        private final int[] tasks;
        private final boolean[] known;
        private final double[] mean;
        private final int[] attempts;
        private final double[][] ages;
        private final Map<String, Integer> kinds = new HashMap<>();
        private final WorkBuilder work = new WorkBuilder();
        private final double turnaround = estimator.turnaroundSeconds();

        Draft(PoolObservation[] seen, List<Stage> left) {
            int n = seen.length;
            residuals = new double[n][];
            residualDraws = new double[Scenarios.COUNT][n][];
            ages = new double[n][];
            tasks = new int[n];
            known = new boolean[n];
            mean = new double[n];
            attempts = new int[n];
            for (int p = 0; p < n; p++) {
                ages[p] = seen[p].runningSeconds().stream().mapToDouble(a -> a).toArray();
                residuals[p] = new double[ages[p].length];
                for (double[][] draws : residualDraws) {
                    draws[p] = new double[ages[p].length];
                }
            }
            for (Stage stage : left) {
                if (stage.running() > 0) {
                    kinds.merge(stage.component(), 1, Integer::sum);
                }
            }
        }

        void add(Stage stage) {
            int p = place(stage);
            double[] own = ages(stage, p);
            var durations = TaskDurations.of(estimator, stage.task(), stage.component(), own);
            boolean sure = durations.known();
            work.begin(stage.task());
            for (double age : own) {
                double left = durations.residual(age);
                double[] drawn = new double[Scenarios.COUNT];
                for (int s = 0; s < drawn.length; s++) {
                    drawn[s] = durations.residualDraw(age, s);
                    residualDraws[s][p][attempts[p]] = drawn[s];
                }
                residuals[p][attempts[p]++] = left;
                work.running(p, left, drawn);
            }
            int waiting = stage.needs().isEmpty() ? stage.ready() : stage.waiting();
            int blocked = stage.needs().isEmpty() ? 0 : stage.blocked();
            PoolSpec pool = pools.get(p);
            long atOnce = (long) pool.bounds().maximum() * pool.slots();
            int chunks = WorkBuilder.chunks(waiting, atOnce);
            int nth = 0;
            for (int i = 0; i < chunks; i++) {
                int from = (int) ((long) waiting * i / chunks);
                int to = (int) ((long) waiting * (i + 1) / chunks);
                double seconds = (to - from) * turnaround;
                double[] drawn = new double[Scenarios.COUNT];
                Arrays.fill(drawn, seconds);
                for (int k = from; k < to; k++) {
                    seconds += durations.typical(++nth);
                    for (int s = 0; s < drawn.length; s++) {
                        drawn[s] += durations.draw(nth, s);
                    }
                }
                work.waiting(p, seconds, drawn, from >= waiting - blocked);
            }
            int all = stage.waiting() + stage.running();
            mean[p] += (all * durations.mean() - mean[p] * all) / Math.max(1, tasks[p] + all);
            known[p] |= sure;
            tasks[p] += all;
        }

        /** The ages of the stage's attempts; where several kinds run in the pool, some of them. */
        private double[] ages(Stage stage, int p) {
            boolean alone = kinds.getOrDefault(stage.component(), 0) == 1;
            int from = Math.min(attempts[p], ages[p].length);
            int to = alone ? ages[p].length : Math.min(from + stage.running(), ages[p].length);
            return stage.running() == 0 ? new double[0] : Arrays.copyOfRange(ages[p], from, to);
        }

        void link(Stage stage) {
            for (Need need : stage.needs()) {
                work.link(stage.task(), need.task(), need.groupKey() != null);
            }
        }

        Outstanding outstanding() {
            for (int p = 0; p < mean.length; p++) {
                if (tasks[p] == 0) {
                    mean[p] = estimator.typicalSeconds(WorkEstimator.PRIOR_SECONDS);
                }
                // Attempts that the counts do not tell of yet.
                Arrays.fill(residuals[p], attempts[p], residuals[p].length, mean[p] / 2);
                for (double[][] draws : residualDraws) {
                    Arrays.fill(draws[p], attempts[p], draws[p].length, mean[p] / 2);
                }
            }
            return new Outstanding(work.build(), tasks, known, mean, residuals, residualDraws);
        }

        private int place(Stage stage) {
            return places.getOrDefault(stage.component(), 0);
        }
    }
}
