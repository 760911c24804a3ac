package io.scalable.cli;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.manifest.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Other counts and durations than the manifest's, by the name of a task or of its component. */
final class PlanChanges {

    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h|d|)");

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
        return new DeploymentSpec(
                spec.deploymentId(),
                spec.project(),
                spec.createdAt(),
                spec.target(),
                spec.components(),
                tasks,
                spec.objective(),
                spec.policy(),
                spec.deadlineSeconds(),
                spec.providerHost(),
                spec.storage(),
                spec.directory(),
                spec.assignmentPartitions(),
                spec.initialPlan());
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
        Matcher m = DURATION.matcher(text);
        double seconds = 0;
        if (m.matches()) {
            double factor =
                    switch (m.group(2)) {
                        case "ms" -> 0.001;
                        case "m" -> 60;
                        case "h" -> 3600;
                        case "d" -> 86_400;
                        default -> 1;
                    };
            seconds = Double.parseDouble(m.group(1)) * factor;
        }
        if (seconds <= 0) {
            throw new UserException(
                    "--expect " + name + "=" + text + ": give a duration above 0, such as 90s, 5m");
        }
        return seconds;
    }
}
