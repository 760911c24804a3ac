package io.scalable.client.run;

import io.scalable.contracts.deployment.DeploymentSpec;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code run.json}: what a run is and how it stands.
 *
 * @param id the run's id, which is its deployment's id
 * @param project the manifest's project name
 * @param target the target's name in the manifest
 * @param provider the target's provider
 * @param started when its deployment was published
 * @param finished when its last task ended and its workers were told to leave; null before
 * @param state how it stands
 * @param bootstrap the brokers it used
 * @param problem what kept the run itself from going on; null if nothing did
 */
public record RunInfo(
        String id,
        String project,
        String target,
        String provider,
        Instant started,
        @Nullable Instant finished,
        RunState state,
        @Nullable String bootstrap,
        @Nullable String problem) {

    static RunInfo started(DeploymentSpec spec, String brokers) {
        return new RunInfo(
                spec.deploymentId(),
                spec.project(),
                spec.target().name(),
                spec.target().provider(),
                spec.createdAt(),
                null,
                RunState.RUNNING,
                brokers,
                null);
    }

    /** The same run, ended. */
    public RunInfo ended(Instant at, RunState outcome, @Nullable String why) {
        return new RunInfo(id, project, target, provider, started, at, outcome, bootstrap, why);
    }
}
