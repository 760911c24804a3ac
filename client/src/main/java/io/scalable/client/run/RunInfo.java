package io.scalable.client.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.scalable.contracts.deployment.DeploymentSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code run.json}: what a run is and how it stands.
 *
 * @param id the run's id, which is its first deployment's id
 * @param project the manifest's project name
 * @param target the target's name in the manifest
 * @param provider the target's provider
 * @param started when its first deployment was made
 * @param finished when its last task ended and its workers were told to leave; null before
 * @param state how it stands
 * @param bootstrap the brokers it used
 * @param problem what kept the run itself from going on; null if nothing did
 * @param lives the stretches that it went on for, oldest first; one for a run that was never
 *     resumed after an end
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
        @Nullable String problem,
        @JsonProperty(defaultValue = "[]") List<RunLife> lives) {

    public RunInfo {
        // Runs from before lives were kept have one.
        lives =
                lives == null || lives.isEmpty()
                        ? List.of(new RunLife(id, started, finished))
                        : List.copyOf(lives);
    }

    /** A run of one life. */
    public RunInfo(
            String id,
            String project,
            String target,
            String provider,
            Instant started,
            @Nullable Instant finished,
            RunState state,
            @Nullable String bootstrap,
            @Nullable String problem) {
        this(
                id, project, target, provider, started, finished, state, bootstrap, problem,
                List.of());
    }

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
                null,
                List.of());
    }

    /**
     * The same run, gone on with by another deployment.
     *
     * @param lastHeard the end of a life that has none on record
     */
    RunInfo resumed(DeploymentSpec spec, String brokers, Instant lastHeard) {
        var all = new ArrayList<>(lives);
        RunLife last = all.removeLast();
        Instant end = last.finished() == null ? lastHeard : last.finished();
        all.add(new RunLife(last.deploymentId(), last.started(), end));
        all.add(new RunLife(spec.deploymentId(), spec.createdAt(), null));
        return with(null, RunState.RUNNING, brokers, null, all);
    }

    /** The same run, ended; an end never lies before the beginning, whatever the clock did. */
    public RunInfo ended(Instant at, RunState outcome, @Nullable String why) {
        var all = new ArrayList<>(lives);
        RunLife last = all.removeLast();
        Instant end = at.isBefore(last.started()) ? last.started() : at;
        all.add(new RunLife(last.deploymentId(), last.started(), end));
        return with(end, outcome, bootstrap, why, all);
    }

    /** The same run, gone on with by another process and the same deployment. */
    RunInfo goesOn() {
        return with(null, RunState.RUNNING, bootstrap, null, lives);
    }

    /** The same run, left as it is by its driver. */
    RunInfo interrupted(String why) {
        return with(null, RunState.INTERRUPTED, bootstrap, why, lives);
    }

    private RunInfo with(
            @Nullable Instant end,
            RunState newState,
            @Nullable String brokers,
            @Nullable String why,
            List<RunLife> all) {
        return new RunInfo(
                id, project, target, provider, started, end, newState, brokers, why, all);
    }

    /** The deployment that its tasks belong to now, or belonged to last. */
    @JsonIgnore
    public String deploymentId() {
        return lives.getLast().deploymentId();
    }

    /** How long it took, without the pauses between its lives; null while it goes on, seconds. */
    @JsonIgnore
    @Nullable Double seconds() {
        if (finished == null) {
            return null;
        }
        long millis = 0;
        for (RunLife life : lives) {
            Instant end = life.finished() == null ? finished : life.finished();
            millis += Duration.between(life.started(), end).toMillis();
        }
        return millis / 1000.0;
    }
}
