package io.scalable.cli;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.manifest.Durations;
import io.scalable.manifest.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Other counts and durations than the manifest's, by the name of a task or of its component. */
final class PlanChanges {

    private final DeploymentSpec spec;
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Double> expected = new LinkedHashMap<>();

    /**
     * @throws UserException if a name or value is wrong
     */
    PlanChanges(
            DeploymentSpec spec,
            @Nullable Map<String, Integer> tasks,
            @Nullable Map<String, String> expect) {
        this.spec = spec;
        if (tasks != null) {
            tasks.forEach((name, n) -> counts.put(task(name), count(name, n)));
        }
        if (expect != null) {
            expect.forEach((name, text) -> expected.put(task(name), seconds(name, text)));
        }
    }

    /** Tasks whose duration was given: it goes before their history. */
    Set<String> expected() {
        return expected.keySet();
    }

    DeploymentSpec apply() {
        List<TaskGroup> tasks =
                spec.tasks().stream()
                        .map(
                                t ->
                                        new TaskGroup(
                                                t.name(),
                                                t.component(),
                                                counts.getOrDefault(t.name(), t.count()),
                                                t.needs(),
                                                expected.containsKey(t.name())
                                                        ? expected.get(t.name())
                                                        : t.expectSeconds(),
                                                t.runnable()))
                        .toList();
        return spec.withWork(spec.components(), tasks);
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
            throw new UserException(
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
        throw new UserException(
                "no task or component with tasks is called '"
                        + name
                        + (nearest.isEmpty() ? "'" : "'; nearest: " + nearest.getFirst()));
    }

    private static int count(String name, int n) {
        if (n < 0) {
            throw new UserException("--tasks " + name + "=" + n + ": give 0 or more");
        }
        return n;
    }

    private static double seconds(String name, String text) {
        Double seconds = Durations.seconds(text);
        if (seconds == null) {
            throw new UserException("--expect " + name + "=" + text + ": give " + Durations.WANTED);
        }
        return seconds;
    }
}
