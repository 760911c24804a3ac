package io.scalable.planning;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.TaskGroup;
import io.scalable.contracts.scaling.PoolObservation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the planner remembers of one pool between two demand lines. */
final class PoolTrack {

    private final ComponentSpec component;
    private final boolean closed;
    private final StartHealth health = new StartHealth();
    private @Nullable Integer asked;
    private @Nullable Instant lastUp;
    private @Nullable Instant lastChange;

    PoolTrack(DeploymentSpec spec, ComponentSpec component) {
        this.component = component;
        List<TaskGroup> groups =
                spec.tasks().stream().filter(t -> t.component().equals(component.name())).toList();
        closed = !groups.isEmpty() && groups.stream().allMatch(TaskGroup::runnable);
    }

    ComponentSpec component() {
        return component;
    }

    StartHealth health() {
        return health;
    }

    void observe(PoolObservation pool, Instant now) {
        health.observe(pool, now);
    }

    /** True if all of the pool's work is in the manifest; false if more may come from outside. */
    boolean closed() {
        return closed;
    }

    /** The count that a person asked for; null if nobody did. */
    @Nullable Integer asked() {
        return asked;
    }

    void ask(@Nullable Integer workers) {
        asked = workers;
    }

    @Nullable Instant lastUp() {
        return lastUp;
    }

    @Nullable Instant lastChange() {
        return lastChange;
    }

    void changed(int from, int to, Instant now) {
        if (from != to) {
            lastChange = now;
        }
        if (to > from) {
            lastUp = now;
        } else if (to < from) {
            health.lowered();
        }
    }
}
