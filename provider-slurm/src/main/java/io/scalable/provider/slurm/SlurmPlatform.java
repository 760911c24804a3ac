package io.scalable.provider.slurm;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.platform.Launched;
import io.scalable.provider.platform.Platform;
import io.scalable.provider.platform.PlatformException;
import io.scalable.provider.platform.ReportedWorkers;
import io.scalable.provider.platform.Sighting;
import io.scalable.provider.platform.Sighting.State;
import io.scalable.provider.platform.Traits;
import io.scalable.provider.worker.WorkerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Workers as jobs of Slurm: those that are alike are the tasks of one job array. A job is known by
 * its comment, by its name, or, where a site rewrites both, by its id. Thread-safe.
 */
final class SlurmPlatform implements Platform {

    private static final System.Logger LOG = System.getLogger(SlurmPlatform.class.getName());

    private final Slurm slurm;
    private final Function<DeploymentSpec, Submission> submissions;
    private final Path workDir;
    private final ReportedWorkers reported;
    private final InstantSource clock;
    private final Traits traits;
    private final NodeExclusions exclusions = new NodeExclusions();
    private final ArrayTags tags = new ArrayTags();

    /**
     * @param submissions makes the job scripts of a deployment
     * @param workDir the folder of workers' settings and logs
     */
    SlurmPlatform(
            Slurm slurm,
            Function<DeploymentSpec, Submission> submissions,
            Path workDir,
            ReportedWorkers reported,
            InstantSource clock,
            Traits traits) {
        this.slurm = slurm;
        this.submissions = submissions;
        this.workDir = workDir;
        this.reported = reported;
        this.clock = clock;
        this.traits = traits;
    }

    @Override
    public Traits traits() {
        return traits;
    }

    @Override
    public Map<String, Launched> launch(List<LaunchOrder> alike) {
        LaunchOrder first = alike.getFirst();
        long arrayId = slurm.submit(script(alike, first));
        tags.add(arrayId, Submission.tag(alike));
        var launched = new LinkedHashMap<String, Launched>();
        for (int i = 0; i < alike.size(); i++) {
            launched.put(alike.get(i).workerId(), new Launched.Started(arrayId + "_" + i));
        }
        return launched;
    }

    private String script(List<LaunchOrder> alike, LaunchOrder first) {
        Submission submission = submissions.apply(first.deployment());
        try {
            submission.prepare(alike);
            return submission.script(
                    alike, exclusions.at(first.component().name(), clock.instant()));
        } catch (IOException | UncheckedIOException e) {
            throw new PlatformException(
                    PlatformException.Kind.REFUSED,
                    "the settings of workers cannot be written: " + FileProblem.describe(e),
                    e);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(
                    PlatformException.Kind.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public List<Sighting> list() {
        List<SlurmJob> jobs = slurm.list();
        tags.listed(jobs);
        return sightings(jobs);
    }

    @Override
    public List<Sighting> find(Collection<String> handles) {
        return sightings(slurm.find(handles));
    }

    @Override
    public void end(Collection<String> handles, Ending how) {
        slurm.end(handles, how);
    }

    @Override
    public @Nullable String log(String workerId) {
        WorkerFiles files = WorkerFiles.in(workDir, workerId);
        return Files.exists(files.log()) ? files.logTail() : null;
    }

    @Override
    public void forget(String workerId) {
        WorkerFiles.in(workDir, workerId).forget();
    }

    private List<Sighting> sightings(List<SlurmJob> jobs) {
        return jobs.stream().map(this::sighting).flatMap(Optional::stream).toList();
    }

    /** Empty for jobs of others. */
    private Optional<Sighting> sighting(SlurmJob job) {
        return tags.of(job)
                .map(
                        tag -> {
                            String worker = tag.workerId(job.index());
                            lookAtNode(job, tag, worker);
                            return new Sighting(
                                    tag.deploymentId(),
                                    worker,
                                    job.id(),
                                    job.submitted() == null ? Instant.EPOCH : job.submitted(),
                                    state(job, tag, worker));
                        });
    }

    private State state(SlurmJob job, JobTag tag, String worker) {
        return switch (job.state().kind()) {
            case QUEUED ->
                    PendingReason.state(job, exclusions.at(tag.component(), clock.instant()));
            case RUNNING -> new State.Running(place(job), ends(job));
            case OTHER -> new State.Unclear(job.describe());
            case ENDED ->
                    new State.Ended(
                            job.state() == JobState.COMPLETED ? 0 : 1,
                            job.describe(),
                            cause(job, worker));
        };
    }

    @Override
    public String describe(String handle) {
        return "job " + handle;
    }

    private static String place(SlurmJob job) {
        return "job " + job.id() + (job.node().isEmpty() ? "" : " on " + job.node());
    }

    private static @Nullable Instant ends(SlurmJob job) {
        return job.state() == JobState.RUNNING ? job.ends() : null;
    }

    /**
     * A job that somebody cancelled on its node before its worker spoke did not start: that is how
     * Slurm shows a prolog that failed.
     */
    private @Nullable FailureClass cause(SlurmJob job, String worker) {
        boolean neverRan =
                job.state() == JobState.CANCELLED
                        && !job.node().isEmpty()
                        && !reported.wasReady(worker);
        return neverRan ? null : job.state().cause();
    }

    private void lookAtNode(SlurmJob job, JobTag tag, String worker) {
        Instant now = clock.instant();
        boolean ready = reported.wasReady(worker);
        if (ready && job.state().kind() == JobState.Kind.RUNNING) {
            exclusions.worked(tag.component(), job.node(), now);
        }
        boolean nodesFault =
                switch (job.state()) {
                    case NODE_FAIL, BOOT_FAIL, LAUNCH_FAILED -> true;
                    case FAILED, CANCELLED -> !ready;
                    default -> false;
                };
        if (nodesFault && exclusions.failed(job.id(), tag.component(), job.node(), now)) {
            LOG.log(
                    Level.WARNING,
                    "workers of {0} keep failing on node {1}: no new job of theirs goes there for"
                            + " half an hour",
                    tag.component(),
                    job.node());
        }
    }
}
