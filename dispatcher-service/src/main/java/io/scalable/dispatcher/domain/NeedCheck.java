package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.dispatcher.domain.TaskStatus.Blocked;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Needs that could never be satisfied: none, the task itself, another deployment's, a circle. */
final class NeedCheck {

    private final DeploymentState state;
    private final String deploymentId;
    private final SubmitTask task;

    private NeedCheck(DeploymentState state, String deploymentId, SubmitTask task) {
        this.state = state;
        this.deploymentId = deploymentId;
        this.task = task;
    }

    /** What is wrong with the needs of a task that has just come; empty if nothing is. */
    static Optional<Failure> problem(DeploymentState state, String deploymentId, SubmitTask task) {
        if (task.needs().isEmpty()) {
            return Optional.empty();
        }
        var check = new NeedCheck(state, deploymentId, task);
        return check.single().or(check::circle);
    }

    private Optional<Failure> single() {
        for (String need : Needs.of(task)) {
            String of = Needs.deploymentOf(need);
            if (need.isBlank()) {
                return failure("EmptyNeed", "a need of task " + task.taskId() + " is empty");
            }
            if (isTask(need)) {
                return failure("NeedsItself", "task " + task.taskId() + " needs itself: " + need);
            }
            if (of != null && !of.equals(deploymentId) && state.tasks.get(need) == null) {
                return failure(
                        "NeedOfAnotherDeployment",
                        "'"
                                + need
                                + "' is a task of deployment "
                                + of
                                + "; tasks can only need tasks of their own, "
                                + deploymentId);
            }
        }
        return Optional.empty();
    }

    /** The circle that this task closes: only one that somebody waits for can. */
    private Optional<Failure> circle() {
        if (!state.graph.awaited(task.taskId()) && !state.graph.awaited(group(task.task()))) {
            return Optional.empty();
        }
        Map<String, @Nullable String> from = new HashMap<>();
        var open = new ArrayDeque<String>();
        visit(task.needs(), null, from, open);
        while (!open.isEmpty()) {
            String need = open.remove();
            if (isTask(need)) {
                return failure("NeedsInACircle", path(need, from));
            }
            visit(beyond(need), need, from, open);
        }
        return Optional.empty();
    }

    /** What a need waits for itself. */
    private Collection<String> beyond(String need) {
        if (!Needs.isGroup(need)) {
            TaskEntry entry = state.tasks.get(need);
            return entry != null && entry.status() instanceof Blocked
                    ? state.tasks.openSpec(entry).needs()
                    : List.of();
        }
        String name = Needs.nameOf(need);
        TaskGroup group = state.groups.get(name);
        int count = group == null ? 0 : group.count();
        var members = new ArrayList<String>();
        for (int index = 0; index < count; index++) {
            String id = deploymentId + "/" + name + "/" + index;
            TaskEntry entry = state.tasks.get(id);
            if (entry != null && entry.status() instanceof Blocked) {
                members.add(id);
            }
        }
        return members;
    }

    private static void visit(
            Collection<String> needs,
            @Nullable String by,
            Map<String, @Nullable String> from,
            ArrayDeque<String> open) {
        for (String need : needs) {
            if (!from.containsKey(need)) {
                from.put(need, by);
                open.add(need);
            }
        }
    }

    private String path(String last, Map<String, @Nullable String> from) {
        var steps = new ArrayList<String>();
        for (String need = last; need != null; need = from.get(need)) {
            steps.add(need);
        }
        Collections.reverse(steps);
        return "task "
                + task.taskId()
                + " needs itself: it needs "
                + String.join(", which needs ", steps);
    }

    private boolean isTask(String need) {
        return need.equals(task.taskId())
                || (need.equals(group(task.task()))
                        && task.taskId()
                                .equals(deploymentId + "/" + task.task() + "/" + task.index()));
    }

    private String group(String name) {
        return deploymentId + "/" + name + "/*";
    }

    private static Optional<Failure> failure(String type, String message) {
        return Optional.of(new Failure(FailureClass.USER_ERROR, type, message, null));
    }
}
