package io.scalable.provider.slurm;

import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchedWorkers;
import java.util.Collection;
import java.util.List;
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
                                .map(
                                        job ->
                                                new LaunchedWorker(
                                                        job.id(),
                                                        job.tag().deploymentId(),
                                                        job.workerId(),
                                                        job.describe()))
                                .toList());
    }

    @Override
    public void end(Collection<LaunchedWorker> workers) {
        List<String> jobs = workers.stream().map(LaunchedWorker::handle).toList();
        boolean unused =
                asked(
                        () -> {
                            slurm.cancel(jobs, Slurm.Cancel.KILL);
                            return true;
                        });
    }

    /** Programs that this needs and this machine lacks. */
    public List<String> missing() {
        return slurm.missing();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (SlurmException e) {
            throw new BackendUnavailableException("Slurm does not answer: " + e.text(), e);
        }
    }
}
