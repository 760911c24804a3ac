package io.scalable.provider.slurm;

import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchedWorkers;
import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.PlatformException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** This user's worker jobs, of whichever run. */
public final class SlurmJobs implements LaunchedWorkers {

    private final Slurm slurm = new SlurmCommands();

    @Override
    public List<LaunchedWorker> alive() {
        return asked(
                () ->
                        slurm.list().stream()
                                .filter(job -> !job.ended())
                                .map(SlurmJobs::worker)
                                .flatMap(Optional::stream)
                                .toList());
    }

    @Override
    public void end(Collection<LaunchedWorker> workers) {
        List<String> jobs = workers.stream().map(LaunchedWorker::handle).toList();
        boolean unused =
                asked(
                        () -> {
                            slurm.end(jobs, Ending.KILL);
                            return true;
                        });
    }

    /** Empty for jobs of others. */
    private static Optional<LaunchedWorker> worker(SlurmJob job) {
        JobTag tag = job.tag();
        return tag == null
                ? Optional.empty()
                : Optional.of(
                        new LaunchedWorker(
                                job.id(),
                                tag.deploymentId(),
                                tag.workerId(job.index()),
                                job.describe()));
    }

    /** Programs that this needs and this machine lacks. */
    public List<String> missing() {
        return slurm.missing();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (PlatformException e) {
            throw new BackendUnavailableException("Slurm does not answer: " + e.text(), e);
        }
    }
}
