package io.scalable.client;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.manifest.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Other counts and durations than a deployment's own, by the name of a task or of a component with
 * one task.
 */
final class PlanChanges {

    private final DeploymentSpec spec;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Double> expected = new LinkedHashMap<>();

    /**
     * @throws NoSuchTaskException if a name means no task, or several
     */
    PlanChanges(DeploymentSpec spec, PlanOptions wanted) {
        this.spec = spec;
        wanted.tasks().forEach((name, n) -> counts.put(task(name), n));
        wanted.expect().forEach((name, seconds) -> expected.put(task(name), seconds));
    }

    /** Tasks whose duration was given: it goes before their history. */
    Set<String> expected() {
        return expected.keySet();
    }

    DeploymentSpec applied() {
        List<TaskGroup> tasks = spec.tasks().stream().map(this::applied).toList();
        return spec.withWork(spec.components(), tasks);
    }

    private TaskGroup applied(TaskGroup task) {
        Double given = expected.get(task.name());
        return new TaskGroup(
                task.name(),
                task.component(),
                counts.getOrDefault(task.name(), task.count()),
                task.needs(),
                given == null ? task.expectSeconds() : given,
                task.runnable());
    }

    private String task(String name) {
        if (spec.task(name).isPresent()) {
            return name;
        }
        List<String> own =
                spec.tasks().stream()
                        .filter(t -> t.component().equals(name))
                        .map(TaskGroup::name)
                        .toList();
        if (own.size() == 1) {
            return own.getFirst();
        }
        if (!own.isEmpty()) {
            throw new NoSuchTaskException(
                    "component '"
                            + name
                            + "' has several tasks; name one of: "
                            + String.join(", ", own));
        }
        List<String> known =
                Stream.concat(
                                spec.tasks().stream().map(TaskGroup::name),
                                spec.tasks().stream().map(TaskGroup::component))
                        .distinct()
                        .toList();
        List<String> nearest = Nearest.closest(name, known, 1);
        throw new NoSuchTaskException(
                "no task or component with tasks is called '"
                        + name
                        + (nearest.isEmpty() ? "'" : "'; nearest: " + nearest.getFirst()));
    }
}
