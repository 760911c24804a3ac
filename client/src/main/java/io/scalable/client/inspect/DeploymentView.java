package io.scalable.client.inspect;

import io.scalable.client.run.RunState;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.TaskState;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run or another deployment in a few words.
 *
 * @param id its id; of a run that was resumed after an end, that of its first deployment
 * @param deploymentId the deployment that its tasks belong to now, or belonged to last
 * @param project the manifest's project name
 * @param target the target's name in the manifest
 * @param provider the kind of target
 * @param providerHost who launches its workers; null where that is not known
 * @param state how it stands; a run without a process that drives it is interrupted
 * @param problem what kept it from going on; null if nothing did
 * @param startedAt when it was published first
 * @param finishedAt when it ended; null while it goes on
 * @param seconds how long it took, without pauses, seconds; null while it goes on
 * @param pools its components; empty where that is not known
 * @param tasks how many tasks are in which state; empty where nobody has counted them
 * @param storages where its tasks' logs are looked for, newest life first
 */
public record DeploymentView(
        String id,
        String deploymentId,
        String project,
        String target,
        String provider,
        @Nullable String providerHost,
        RunState state,
        @Nullable String problem,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Double seconds,
        List<String> pools,
        Map<TaskState, Integer> tasks,
        List<URI> storages) {

    public DeploymentView {
        pools = List.copyOf(pools);
        tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
        storages = List.copyOf(storages);
    }

    /** One that lives on brokers. */
    public static DeploymentView living(DeploymentSpec spec) {
        return new DeploymentView(
                spec.deploymentId(),
                spec.deploymentId(),
                spec.project(),
                spec.target().name(),
                spec.target().provider(),
                spec.providerHost(),
                RunState.RUNNING,
                null,
                spec.createdAt(),
                null,
                null,
                spec.components().stream().map(c -> c.name()).toList(),
                Map.of(),
                List.of(spec.storage()));
    }

    /** The same, with its tasks counted. */
    public DeploymentView withTasks(Map<TaskState, Integer> counted) {
        return new DeploymentView(
                id,
                deploymentId,
                project,
                target,
                provider,
                providerHost,
                state,
                problem,
                startedAt,
                finishedAt,
                seconds,
                pools,
                counted,
                storages);
    }

    /** True if it goes on. */
    public boolean lives() {
        return state == RunState.RUNNING;
    }
}
