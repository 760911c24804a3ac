package io.scalable.planning.simulation;

import io.scalable.contracts.Ids;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.planning.estimate.DurationEstimate;
import io.scalable.planning.estimate.WorkEstimator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A manifest's tasks as a trace. Durations are drawn from what is known of each task: log-normal,
 * with the estimate's median and 95th percentile. Tasks that are only planned are in it too.
 */
public final class ManifestTrace {

    private static final double Z95 = 1.6449;

    private record Draft(String id, TaskGroup group, List<String> needs) {}

    private final DeploymentSpec spec;
    private final WorkEstimator estimator;
    private final Random random;
    private final Map<String, List<Draft>> drafts = new LinkedHashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<List<String>, List<Integer>> parents = new HashMap<>();
    private final List<TraceTask> tasks = new ArrayList<>();

    private ManifestTrace(DeploymentSpec spec, WorkEstimator estimator, long seed) {
        this.spec = spec;
        this.estimator = estimator;
        random = new Random(seed);
    }

    /**
     * The trace.
     *
     * @param submitted the tasks that a run would submit
     * @param estimator what is known of their durations
     * @param seed the same seed gives the same durations
     */
    public static Trace of(
            DeploymentSpec spec, List<SubmitTask> submitted, WorkEstimator estimator, long seed) {
        return new ManifestTrace(spec, estimator, seed).trace(submitted);
    }

    private Trace trace(List<SubmitTask> submitted) {
        for (TaskGroup group : spec.tasks()) {
            drafts.put(group.name(), group.runnable() ? new ArrayList<>() : planned(group));
        }
        for (SubmitTask task : submitted) {
            TaskGroup group = spec.task(task.task()).orElseThrow();
            drafts.getOrDefault(group.name(), List.of())
                    .add(new Draft(task.taskId(), group, task.needs()));
        }
        drafts.keySet().forEach(this::place);
        return Trace.of(spec, true, tasks);
    }

    private List<Draft> planned(TaskGroup group) {
        List<String> needs = group.needs().stream().map(Need::task).map(n -> id(n, "*")).toList();
        return IntStream.range(0, group.count())
                .mapToObj(
                        i ->
                                new Draft(
                                        Ids.taskId(spec.deploymentId(), group.name(), i),
                                        group,
                                        needs))
                .toList();
    }

    /** Parents come first, wherever the manifest has them. */
    private void place(String name) {
        List<Draft> group = drafts.getOrDefault(name, List.of());
        if (group.isEmpty() || places.containsKey(group.getFirst().id())) {
            return;
        }
        TaskGroup first = group.getFirst().group();
        first.needs().forEach(need -> place(need.task()));
        DurationEstimate estimate = estimator.duration(first.name(), first.component());
        double sigma = Math.log(estimate.p95() / estimate.p50()) / Z95;
        for (Draft draft : group) {
            int place = tasks.size();
            places.put(draft.id(), place);
            tasks.add(
                    new TraceTask(
                            place,
                            draft.id(),
                            first.name(),
                            first.component(),
                            0,
                            parents.computeIfAbsent(draft.needs(), this::resolve),
                            estimate.p50() * Math.exp(sigma * random.nextGaussian()),
                            1));
        }
    }

    private List<Integer> resolve(List<String> needs) {
        var found = new ArrayList<Integer>();
        for (String need : needs) {
            for (Map.Entry<String, List<Draft>> group : drafts.entrySet()) {
                if (need.equals(id(group.getKey(), "*"))) {
                    group.getValue().stream().map(d -> places.get(d.id())).forEach(found::add);
                }
            }
            Integer single = places.get(need);
            if (single != null) {
                found.add(single);
            }
        }
        return List.copyOf(found.stream().distinct().sorted(Comparator.naturalOrder()).toList());
    }

    private String id(String task, String item) {
        return spec.deploymentId() + "/" + task + "/" + item;
    }
}
