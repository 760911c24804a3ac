package io.scalable.worker;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended: with exactly one of result and failure.
 *
 * @param signalled true if a signal that the worker did not send ended its command
 */
record Outcome(@Nullable Payload result, @Nullable Failure failure, boolean signalled) {

    static Outcome of(Payload result) {
        return new Outcome(result, null, false);
    }

    static Outcome of(Failure failure) {
        return new Outcome(null, failure, false);
    }

    static Outcome of(TaskFault fault) {
        return new Outcome(null, fault.failure(), fault.signalled());
    }
}
