package io.scalable.provider.slurm;

import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker's job is.
 *
 * <pre>
 *  Waiting ──▶ Submitting ──▶ Listed ──▶ Ended
 *     ▲            │  └──▶ Unsure ──┘ │
 *     └────────────┴──────────┘
 * </pre>
 */
sealed interface WorkerJob {

    /** To be submitted. */
    record Waiting(LaunchOrder order, String reason) implements WorkerJob {}

    /** sbatch is being asked. */
    record Submitting(LaunchOrder order) implements WorkerJob {}

    /** sbatch was asked and nobody knows whether it did it: the next listing tells. */
    record Unsure(LaunchOrder order) implements WorkerJob {}

    /**
     * Slurm has it.
     *
     * @param job as last seen
     * @param missed listings in a row that lacked it
     */
    record Listed(SlurmJob job, int missed) implements WorkerJob {}

    /**
     * It is over.
     *
     * @param cause who took it away; null where it ended by itself
     * @param succeeded true if it ended with status 0
     */
    record Ended(String message, @Nullable FailureClass cause, boolean succeeded)
            implements WorkerJob {}
}
