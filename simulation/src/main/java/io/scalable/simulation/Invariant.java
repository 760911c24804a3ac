package io.scalable.simulation;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.provider.backend.LaunchOrder;
import org.jspecify.annotations.Nullable;

/** What must hold whatever happens. Its class has its name. */
interface Invariant {

    /** A record was written. */
    default void appended(World world, Log.Entry record) {}

    /** The dispatcher has decided; nothing of it is written yet. */
    default void decided(World world, Decision decision) {}

    /** The backend is about to take a launch. */
    default void launching(World world, LaunchOrder order) {}

    /** The provider host has a worker's job ended that is alive. */
    default void ending(World world, PlayedBackend.Job job) {}

    /** A worker begins an attempt. */
    default void began(World world, LeaseGranted lease) {}

    /** A worker ends an attempt; {@code failed} is null where it succeeds. */
    default void finished(World world, LeaseGranted lease, @Nullable FailureClass failed) {}

    /** Faults have stopped, and there was time enough for all work. */
    default void settled(World world) {}

    /** The deployment has ended, and there was time enough to clear up. */
    default void over(World world) {}

    /** A day later. */
    default void dayAfter(World world) {}

    /** Says that it does not hold. */
    default BrokenInvariant broken(String what) {
        return new BrokenInvariant(getClass().getSimpleName(), what);
    }
}
