package io.scalable.dispatcher.domain;

import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.dispatcher.domain.TaskStatus.Doubt;
import java.time.Duration;
import java.util.Set;

/**
 * Attempts that died by a signal which nobody is known to have sent. Where the worker is ended
 * within moments, whatever ends it ended the attempt too; where the worker lives on, the death was
 * the task's own doing.
 */
final class Doubts {

    /** Hang-up, interrupt, kill and terminate: what ends jobs, pods and sessions from outside. */
    private static final Set<String> ENDINGS =
            Set.of("signal 1", "signal 2", "signal 9", "signal 15");

    private Doubts() {}

    /** True if the failure may be the end of the worker. */
    static boolean mayBeInfrastructure(Failure failure) {
        return failure.failureClass() == FailureClass.USER_ERROR
                && ENDINGS.contains(failure.type());
    }

    /** Waits for what becomes of the worker. */
    static void raise(Turn t, TaskEntry running, Failure failure, double seconds) {
        if (running.doubt() == null) {
            t.put(running.doubted(new Doubt(failure, seconds, t.now)));
        }
    }

    /** The worker has been heard: attempts that died some time ago died by themselves. */
    static void heard(Turn t, WorkerEntry worker) {
        for (String id : t.state.workers.heldBy(worker.workerId())) {
            TaskEntry entry = t.state.tasks.get(id);
            Doubt doubt = entry == null ? null : entry.doubt();
            if (entry != null
                    && doubt != null
                    && Duration.between(doubt.since(), t.now).compareTo(t.rules.doubtFor()) >= 0) {
                Attempts.failed(t, entry, doubt.failure(), doubt.seconds());
            }
        }
    }

    /**
     * The worker drained and left as it was asked to: the attempt's death had nothing to do with
     * it.
     */
    static void leftInOrder(Turn t, TaskEntry entry, Doubt doubt) {
        Attempts.failed(t, entry, doubt.failure(), doubt.seconds());
    }

    /** The worker was ended, and the attempt with it. */
    static void ended(Turn t, TaskEntry entry, Doubt doubt, String reason) {
        var failure =
                new Failure(
                        FailureClass.PREEMPTED,
                        doubt.failure().type(),
                        doubt.failure().message() + "; its worker was ended too: " + reason,
                        doubt.failure().stack());
        Attempts.failed(t, entry, failure, doubt.seconds());
    }
}
