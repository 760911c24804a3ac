package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.planning.estimate.WorkEstimator;
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

    /** Samples of one run, so that the estimator's window holds several runs. */
    private static final int MOST_SAMPLES = 50;

    /**
     * What is known before a deployment begins.
     *
     * @param except tasks whose history is left aside
     * @throws IOException if the folder of the runs cannot be listed
     */
    public WorkEstimator estimator(DeploymentSpec spec, Set<String> except) throws IOException {
        var estimator = new WorkEstimator(spec);
        for (RunFolder run : earlier(spec)) {
            try {
                learn(run, spec, except, estimator);
            } catch (IOException e) {
                // Damaged: the other runs tell enough.
            }
        }
        return estimator;
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

    private static void learn(
            RunFolder run, DeploymentSpec spec, Set<String> except, WorkEstimator estimator)
            throws IOException {
        List<TaskRecord> tasks = run.tasks().read();
        Map<String, List<Double>> durations = new HashMap<>();
        for (TaskRecord task : tasks) {
            Double seconds = task.durationSeconds();
            if (task.state() == TaskState.SUCCEEDED
                    && seconds != null
                    && !except.contains(task.task())) {
                durations.computeIfAbsent(task.task(), t -> new ArrayList<>()).add(seconds);
            }
        }
        durations.forEach((task, all) -> thinned(all).forEach(s -> estimator.completed(task, s)));
        RunInfo info = run.info();
        if (info.target().equals(spec.target().name())
                && info.provider().equals(spec.target().provider())) {
            learnStarts(run.workers().read(), estimator);
            thinned(Turnarounds.of(tasks)).forEach(estimator::turnaround);
        }
    }

    /** Evenly chosen ones: early tasks of a run are often slower than late ones. */
    private static List<Double> thinned(List<Double> all) {
        int n = Math.min(MOST_SAMPLES, all.size());
        return IntStream.range(0, n)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / n)))
                .toList();
    }

    private static void learnStarts(List<WorkerLifecycle> events, WorkEstimator estimator) {
        Map<String, Instant> requested = new HashMap<>();
        for (WorkerLifecycle event : events) {
            switch (event) {
                case WorkerLifecycle.WorkerRequested r ->
                        requested.putIfAbsent(r.workerId(), r.at());
                case WorkerLifecycle.WorkerStarted s -> {
                    Instant at = requested.remove(s.workerId());
                    if (at != null) {
                        estimator.started(
                                Math.max(0, Duration.between(at, s.at()).toMillis() / 1000.0));
                    }
                }
                default -> {
                    // Says nothing of starts.
                }
            }
        }
    }
}
