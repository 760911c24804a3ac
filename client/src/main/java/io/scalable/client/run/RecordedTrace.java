package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.planning.simulation.Trace;
import io.scalable.planning.simulation.TraceTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded run as a trace: its tasks with the durations that were measured. It begins when the
 * first task was queued. Tasks that never ran are left out; of one that was tried again the last
 * attempt counts.
 */
public final class RecordedTrace {

    /** A task queued later than its last parent's end by more than this was submitted then. */
    private static final Duration LATE = Duration.ofSeconds(1);

    /** A task that ran. */
    private record Ran(TaskRecord task, Instant queued, double seconds) {}

    private final DeploymentSpec spec;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, List<Integer>> groups = new LinkedHashMap<>();
    private final Map<List<String>, List<Integer>> parents = new HashMap<>();
    private final List<Ran> placed = new ArrayList<>();

    private RecordedTrace(DeploymentSpec spec) {
        this.spec = spec;
    }

    /**
     * The trace; it has no tasks if none ran.
     *
     * @param tasks of the deployment, in any order
     */
    public static Trace of(DeploymentSpec spec, List<TaskRecord> tasks) {
        return new RecordedTrace(spec).trace(tasks);
    }

    /** In the order in which they were queued: a task comes after those that it waited for. */
    private Trace trace(List<TaskRecord> tasks) {
        List<Ran> ran =
                tasks.stream()
                        .flatMap(t -> ran(t).stream())
                        .sorted(
                                Comparator.comparing(Ran::queued)
                                        .thenComparing(r -> r.task().index()))
                        .toList();
        var out = new ArrayList<TraceTask>();
        for (Ran next : ran) {
            int place = placed.size();
            TaskRecord task = next.task();
            List<Integer> needs = parents.computeIfAbsent(needs(task), this::resolve);
            out.add(
                    new TraceTask(
                            place,
                            task.taskId(),
                            task.task(),
                            task.component(),
                            submitted(next, needs),
                            needs,
                            next.seconds(),
                            1));
            places.put(task.taskId(), place);
            groups.computeIfAbsent(group(task.task()), g -> new ArrayList<>()).add(place);
            placed.add(next);
        }
        return Trace.of(spec, !spec.tasks().isEmpty(), out);
    }

    private static Optional<Ran> ran(TaskRecord task) {
        Instant queued = task.queuedAt();
        Double seconds = task.durationSeconds();
        return queued == null || seconds == null
                ? Optional.empty()
                : Optional.of(new Ran(task, queued, seconds));
    }

    /** A run from before needs were kept with each task has them in its graph. */
    private List<String> needs(TaskRecord task) {
        return task.needs().isEmpty()
                ? spec.task(task.task()).map(this::needs).orElse(List.of())
                : task.needs();
    }

    private List<String> needs(TaskGroup group) {
        return group.needs().stream().map(need -> group(need.task())).toList();
    }

    private List<Integer> resolve(List<String> needs) {
        var found = new ArrayList<Integer>();
        for (String need : needs) {
            found.addAll(groups.getOrDefault(need, List.of()));
            Optional.ofNullable(places.get(need)).ifPresent(found::add);
        }
        return found.stream().distinct().sorted().toList();
    }

    private double submitted(Ran next, List<Integer> needs) {
        Optional<Instant> free =
                needs.stream()
                        .map(p -> placed.get(p).task().finishedAt())
                        .max(Comparator.naturalOrder());
        boolean waited = free.isPresent() && !next.queued().isAfter(free.get().plus(LATE));
        Instant begin = placed.isEmpty() ? next.queued() : placed.getFirst().queued();
        return waited ? 0 : Duration.between(begin, next.queued()).toNanos() / 1e9;
    }

    private String group(String task) {
        return spec.deploymentId() + "/" + task + "/*";
    }
}
