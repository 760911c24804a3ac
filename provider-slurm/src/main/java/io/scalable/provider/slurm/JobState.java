package io.scalable.provider.slurm;

import io.scalable.contracts.task.FailureClass;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The states of a job, by the names that {@code squeue} and {@code sacct} print. */
enum JobState {
    PENDING(Kind.QUEUED, null),
    CONFIGURING(Kind.QUEUED, null),
    REQUEUED(Kind.QUEUED, null),
    REQUEUE_HOLD(Kind.QUEUED, null),
    REQUEUE_FED(Kind.QUEUED, null),
    RESV_DEL_HOLD(Kind.QUEUED, null),
    SPECIAL_EXIT(Kind.QUEUED, null),
    RUNNING(Kind.RUNNING, null),
    COMPLETING(Kind.RUNNING, null),
    RESIZING(Kind.RUNNING, null),
    SIGNALING(Kind.RUNNING, null),
    STAGE_OUT(Kind.RUNNING, null),
    STOPPED(Kind.RUNNING, null),
    SUSPENDED(Kind.RUNNING, null),
    COMPLETED(Kind.ENDED, null),
    FAILED(Kind.ENDED, null),
    LAUNCH_FAILED(Kind.ENDED, null),
    RECONFIG_FAIL(Kind.ENDED, null),
    TIMEOUT(Kind.ENDED, FailureClass.WALLTIME),
    DEADLINE(Kind.ENDED, FailureClass.WALLTIME),
    OUT_OF_MEMORY(Kind.ENDED, FailureClass.OUT_OF_MEMORY),
    PREEMPTED(Kind.ENDED, FailureClass.PREEMPTED),
    /** By somebody else: what we cancel ourselves is expected to go. */
    CANCELLED(Kind.ENDED, FailureClass.PREEMPTED),
    REVOKED(Kind.ENDED, FailureClass.PREEMPTED),
    NODE_FAIL(Kind.ENDED, FailureClass.NODE_FAILURE),
    BOOT_FAIL(Kind.ENDED, FailureClass.NODE_FAILURE),
    /** A name that this list lacks: nothing is concluded. */
    OTHER(Kind.OTHER, null);

    /** What a state means for a worker. */
    enum Kind {
        QUEUED,
        RUNNING,
        ENDED,
        OTHER
    }

    private final Kind kind;
    private final @Nullable FailureClass cause;

    JobState(Kind kind, @Nullable FailureClass cause) {
        this.kind = kind;
        this.cause = cause;
    }

    Kind kind() {
        return kind;
    }

    /** Who took the job away; null where it ended by itself or has not ended. */
    @Nullable FailureClass cause() {
        return cause;
    }

    /** The state called {@code name}; sacct writes {@code CANCELLED by 1000}. */
    static JobState of(String name) {
        String word = name.strip().split("[ +]", 2)[0];
        return Arrays.stream(values())
                .filter(state -> state.name().equals(word))
                .findFirst()
                .orElse(OTHER);
    }
}
