package io.scalable.provider.slurm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as Slurm lists it: one task of a job array.
 *
 * @param arrayId the array's job id
 * @param index the task's index
 * @param tag whose it is, by its comment or name; null if they do not say
 * @param state how it is
 * @param reason why it waits, or ended so
 * @param node where it runs or ran; empty before it started
 * @param submitted when it was submitted
 * @param started when it started, or is expected to; null if nobody knows
 * @param ends when it ended, or its walltime ends; null if nobody knows
 */
record SlurmJob(
        long arrayId,
        int index,
        @Nullable JobTag tag,
        JobState state,
        String reason,
        String node,
        @Nullable Instant submitted,
        @Nullable Instant started,
        @Nullable Instant ends) {

    /** The id that Slurm's commands take. */
    String id() {
        return arrayId + "_" + index;
    }

    boolean ended() {
        return state.kind() == JobState.Kind.ENDED;
    }

    /** How it is, for people. */
    String describe() {
        String where = node.isEmpty() ? "" : " on " + node;
        String why = reason.isEmpty() || reason.equals("None") ? "" : " (" + reason + ")";
        return "job " + id() + where + ": " + state + why;
    }
}
