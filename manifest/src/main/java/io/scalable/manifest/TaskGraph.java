package io.scalable.manifest;

import io.scalable.manifest.TaskDefinition.NeedReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** Checks what tasks need of each other: names, cycles, groups. Used once, by one thread. */
final class TaskGraph {

    private final Map<String, TaskDefinition> tasks;
    private final Set<String> done = new HashSet<>();
    private final SequencedSet<String> way = new LinkedHashSet<>();

    private TaskGraph(Map<String, TaskDefinition> tasks) {
        this.tasks = tasks;
    }

    static void check(Map<String, TaskDefinition> tasks) {
        var graph = new TaskGraph(tasks);
        for (TaskDefinition task : tasks.values()) {
            task.needs().forEach(need -> graph.checkNeed(task, need));
            graph.findCycle(task);
        }
    }

    private void checkNeed(TaskDefinition task, NeedReference need) {
        TaskDefinition parent = tasks.get(need.task());
        if (parent == null) {
            need.field()
                    .error(
                            Code.E_UNKNOWN_NEED,
                            "unknown task '"
                                    + need.task()
                                    + "'"
                                    + Nearest.hint(need.task(), tasks.keySet()));
            return;
        }
        if (task.work() != null && plannedOnly(parent)) {
            need.field()
                    .error(
                            Code.E_UNRUNNABLE_NEED,
                            "'" + need.task() + "' never runs: it has neither handler nor command");
        }
        GroupedNeed.check(task, need, parent);
    }

    /** Unlike {@code work == null}, not true of a task whose work could not be read. */
    private static boolean plannedOnly(TaskDefinition task) {
        Section section = task.field().section(ManifestKeys.TASK);
        return section.field("handler") == null && section.field("command") == null;
    }

    /** Walks the needs depth first, without recursion: a manifest may chain thousands. */
    private void findCycle(TaskDefinition start) {
        Deque<Step> steps = new ArrayDeque<>();
        enter(start, steps);
        while (!steps.isEmpty()) {
            Step step = steps.element();
            if (step.next == step.task.needs().size()) {
                steps.pop();
                way.removeLast();
                done.add(step.task.name());
                continue;
            }
            NeedReference need = step.task.needs().get(step.next++);
            TaskDefinition parent = tasks.get(need.task());
            if (way.contains(need.task())) {
                tellCycle(need);
            } else if (parent != null) {
                enter(parent, steps);
            }
        }
    }

    private void enter(TaskDefinition task, Deque<Step> steps) {
        if (!done.contains(task.name())) {
            way.add(task.name());
            steps.push(new Step(task));
        }
    }

    private void tellCycle(NeedReference need) {
        List<String> cycle = new ArrayList<>();
        way.stream().dropWhile(name -> !name.equals(need.task())).forEach(cycle::add);
        cycle.add(need.task());
        need.field()
                .error(Code.E_NEED_CYCLE, "tasks need each other: " + String.join(" -> ", cycle));
    }

    /** A task on the way and how many of its needs were followed. */
    private static final class Step {
        private final TaskDefinition task;
        private int next;

        Step(TaskDefinition task) {
            this.task = task;
        }
    }
}
