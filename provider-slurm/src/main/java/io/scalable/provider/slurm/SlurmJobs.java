package io.scalable.provider.slurm;

import io.scalable.provider.slurm.Slurm.Cancel;
import java.util.Collection;
import java.util.List;

/** This user's worker jobs, of whichever run. Calls take up to a minute. */
public final class SlurmJobs {

    private final Slurm slurm = new SlurmCommands();

    /**
     * A worker's job that is queued or runs.
     *
     * @param id as Slurm's commands take it
     * @param deploymentId the run's
     * @param workerId the worker
     * @param description how it is, for people
     */
    public record Job(String id, String deploymentId, String workerId, String description) {}

    /**
     * Those that have not ended.
     *
     * @throws SlurmException if Slurm does not answer
     */
    public List<Job> alive() {
        return slurm.list().stream()
                .filter(job -> !job.ended())
                .map(
                        job ->
                                new Job(
                                        job.id(),
                                        job.tag().deploymentId(),
                                        job.workerId(),
                                        job.describe()))
                .toList();
    }

    /**
     * Ends jobs at once.
     *
     * @throws SlurmException if Slurm does not answer
     */
    public void cancel(Collection<Job> jobs) {
        slurm.cancel(jobs.stream().map(Job::id).toList(), Cancel.KILL);
    }

    /** Programs that this needs and this machine lacks. */
    public List<String> missing() {
        return slurm.missing();
    }
}
