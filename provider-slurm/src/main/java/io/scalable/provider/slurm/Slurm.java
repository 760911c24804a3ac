package io.scalable.provider.slurm;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The few things that are asked of Slurm. Calls block; one thread makes them. */
interface Slurm {

    /** How jobs are cancelled. */
    enum Cancel {
        /** Those that wait are taken out of the queue; those that run go on. */
        PENDING,
        /** Those that wait are taken out; those that run get SIGTERM and may finish in order. */
        TERMINATE,
        /** All are ended at once. */
        KILL
    }

    /** Programs that this needs and this machine lacks. */
    default List<String> missing() {
        return List.of();
    }

    /**
     * Submits a job script with a job array.
     *
     * @return the array's job id
     * @throws SlurmException if it was not submitted, or nobody knows
     */
    long submit(String script);

    /**
     * Every job of this user's that carries a tag of ours: those alive, and ended ones as long as
     * the controller remembers them.
     */
    List<SlurmJob> list();

    /** What accounting, or the controller's memory, has of a job that the listing lacks. */
    Optional<SlurmJob> find(SlurmJob job);

    /** Cancels jobs, given by {@link SlurmJob#id()}. Those that are gone are no error. */
    void cancel(Collection<String> jobs, Cancel how);
}
