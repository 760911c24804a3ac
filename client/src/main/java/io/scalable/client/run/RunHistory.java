package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Evidence;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What earlier runs of a project tell: how long its tasks took, and how long the same target took
 * to start workers and to follow one task up with the next. A run whose files are damaged or
 * missing tells nothing.
 *
 * @param runs where they are kept
 */
public record RunHistory(Runs runs) {

    private static final int MOST_RUNS = 20;

    /** What the estimator's window holds. */
    private static final int MOST_KEPT = 200;

    /** The deployment that carries them is one record. */
    private static final int MOST_IN_ALL = 20_000;

    /** Samples of one run, so that the estimator's window holds several runs. */
    private static final int MOST_SAMPLES = 50;

    /**
     * The deployment with what is known before it begins.
     *
     * @param except tasks whose history is left aside
     * @throws IOException if the folder of the runs cannot be listed
     */
    public DeploymentSpec inform(DeploymentSpec spec, Set<String> except) throws IOException {
        Map<String, List<Double>> durations = new HashMap<>();
        List<Double> starts = new ArrayList<>();
        List<Double> turnarounds = new ArrayList<>();
        for (RunFolder run : earlier(spec)) {
            try {
                List<TaskRecord> tasks = run.tasks().read();
                durations(tasks, except)
                        .forEach(
                                (task, all) ->
                                        durations
                                                .computeIfAbsent(task, t -> new ArrayList<>())
                                                .addAll(thinned(all)));
                RunInfo info = run.info();
                if (info.target().equals(spec.target().name())
                        && info.provider().equals(spec.target().provider())) {
                    starts.addAll(starts(run.workers().read()));
                    turnarounds.addAll(thinned(Turnarounds.of(tasks)));
                }
            } catch (IOException e) {
                // Damaged: the other runs tell enough.
            }
        }
        int most = Math.clamp(MOST_IN_ALL / Math.max(1, durations.size()), 5, MOST_KEPT);
        durations.replaceAll((task, all) -> latest(all, most));
        return spec.withEvidence(
                new Evidence(durations, latest(starts, MOST_KEPT), latest(turnarounds, MOST_KEPT)));
    }

    private static List<Double> latest(List<Double> all, int most) {
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** The latest runs of the project, oldest first. */
    private List<RunFolder> earlier(DeploymentSpec spec) throws IOException {
        var found = new ArrayList<RunFolder>();
        List<String> ids = runs.ids();
        for (String id : ids.reversed()) {
            RunFolder run = RunFolder.open(runs.folder().resolve(id));
            if (found.size() < MOST_RUNS && run.info().project().equals(spec.project())) {
                found.add(run);
            }
        }
        return found.reversed();
    }

    private static Map<String, List<Double>> durations(List<TaskRecord> tasks, Set<String> except) {
        Map<String, List<Double>> durations = new HashMap<>();
        for (TaskRecord task : tasks) {
            Double seconds = task.durationSeconds();
            if (task.state() == TaskState.SUCCEEDED
                    && seconds != null
                    && !except.contains(task.task())) {
                durations.computeIfAbsent(task.task(), t -> new ArrayList<>()).add(seconds);
            }
        }
        return durations;
    }

    /** Evenly chosen ones: early tasks of a run are often slower than late ones. */
    private static List<Double> thinned(List<Double> all) {
        int n = Math.min(MOST_SAMPLES, all.size());
        return IntStream.range(0, n)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / n)))
                .toList();
    }

    private static List<Double> starts(List<WorkerLifecycle> events) {
        List<Double> starts = new ArrayList<>();
        Map<String, Instant> requested = new HashMap<>();
        for (WorkerLifecycle event : events) {
            switch (event) {
                case WorkerLifecycle.WorkerRequested r ->
                        requested.putIfAbsent(r.workerId(), r.at());
                case WorkerLifecycle.WorkerStarted s -> {
                    Instant at = requested.remove(s.workerId());
                    if (at != null) {
                        starts.add(Math.max(0, Duration.between(at, s.at()).toMillis() / 1000.0));
                    }
                }
                default -> {
                    // Says nothing of starts.
                }
            }
        }
        return starts;
    }
}
