package io.scalable.dispatcher.domain;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Need;
import io.scalable.contracts.deployment.TaskGroup;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The deployment's task graph, by name; empty until it is published. */
final class TaskGroups {

    private @Nullable DeploymentSpec spec;
    private final Map<String, TaskGroup> byName = new HashMap<>();
    private final Map<String, List<TaskGroup>> children = new HashMap<>();

    /** Takes the graph of this spec. */
    void declare(@Nullable DeploymentSpec next) {
        spec = next;
        byName.clear();
        children.clear();
        for (TaskGroup group : next == null ? List.<TaskGroup>of() : next.tasks()) {
            byName.putIfAbsent(group.name(), group);
            for (Need need : group.needs()) {
                children.computeIfAbsent(need.task(), _ -> new ArrayList<>()).add(group);
            }
        }
    }

    /** True once the deployment is published. */
    boolean published() {
        return spec != null;
    }

    /** The group called {@code name}; null if the graph has none. */
    @Nullable TaskGroup get(String name) {
        return byName.get(name);
    }

    /** The groups whose tasks need tasks of this name. */
    List<TaskGroup> children(String name) {
        return children.getOrDefault(name, List.of());
    }

    Collection<TaskGroup> all() {
        return byName.values();
    }
}
