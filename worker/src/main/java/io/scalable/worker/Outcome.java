package io.scalable.worker;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.Failure;
import org.jspecify.annotations.Nullable;

/** How an attempt ended: with exactly one of the two. */
record Outcome(@Nullable Payload result, @Nullable Failure failure) {

    static Outcome of(Payload result) {
        return new Outcome(result, null);
    }

    static Outcome of(Failure failure) {
        return new Outcome(null, failure);
    }
}
