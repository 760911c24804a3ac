package io.scalable.provider.slurm;

import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.PlatformException;
import java.util.Collection;
import java.util.List;

/**
 * The few things that are asked of Slurm. Calls block, may be made by several threads at a time,
 * and throw nothing but {@link PlatformException}.
 */
interface Slurm {

    /** Programs that this needs and this machine lacks. */
    default List<String> missing() {
        return List.of();
    }

    /**
     * Submits a job script with a job array.
     *
     * @return the array's job id
     */
    long submit(String script);

    /** Every job of this user's: those alive, and ended ones as long as Slurm remembers them. */
    List<SlurmJob> list();

    /**
     * Looks for jobs that a listing lacks, given by {@link SlurmJob#id()}: by their ids, in the
     * controller's memory and in accounting. Those that neither knows are left out.
     */
    List<SlurmJob> find(Collection<String> ids);

    /** Ends jobs, given by {@link SlurmJob#id()}. Those that are gone are no error. */
    void end(Collection<String> ids, Ending how);
}
