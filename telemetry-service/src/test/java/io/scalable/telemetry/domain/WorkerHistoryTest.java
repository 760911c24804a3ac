package io.scalable.telemetry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent.WorkerLost;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.telemetry.domain.WorkerHistory.State;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerHistoryTest {

    private static final WorkerRequested REQUESTED = new WorkerRequested("d", "c", "w", 1, at(0));
    private static final WorkerStarted STARTED = new WorkerStarted("d", "c", "w", "pid 7", at(2));
    private static final WorkerRemoved REMOVED =
            new WorkerRemoved("d", "c", "w", RemovalCause.SCALED_IN, at(9));

    @Test
    void aLifeFoldsToItsTimes() {
        WorkerHistory worker = fold(REQUESTED, STARTED, REMOVED);

        assertThat(worker)
                .isEqualTo(
                        new WorkerHistory(
                                "d",
                                "w",
                                "c",
                                State.REMOVED,
                                "pid 7",
                                at(0),
                                at(2),
                                at(9),
                                "scaled in",
                                null,
                                null));
    }

    @Test
    void aLifeToldTwiceIsTheSameLife() {
        assertThat(fold(REQUESTED, STARTED, REMOVED, REQUESTED, STARTED, REMOVED))
                .isEqualTo(fold(REQUESTED, STARTED, REMOVED));
    }

    @Test
    void aPendingWorkerSaysWhatItWaitsFor() {
        assertThat(fold(REQUESTED, new WorkerPending("d", "c", "w", "Priority", at(1))).reason())
                .isEqualTo("Priority");
    }

    @Test
    void aLostWorkerEndsWhenItWasMissed() {
        WorkerHistory lost =
                WorkerHistory.after(
                        fold(REQUESTED, STARTED),
                        new WorkerLost("d", "w", "c", 2, "silent for 6 s", at(5)));
        WorkerHistory failed =
                WorkerHistory.after(
                        lost,
                        new WorkerFailed(
                                "d", "c", "w", FailureClass.NODE_FAILURE, "exit 137", null, at(6)));

        assertThat(lost.state()).isEqualTo(State.LOST);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.endedAt()).isEqualTo(at(5));
        assertThat(failed.reason()).isEqualTo("exit 137");
    }

    private static WorkerHistory fold(WorkerLifecycle... events) {
        return Stream.of(events).reduce(null, WorkerHistory::after, (a, _) -> a);
    }

    private static Instant at(int second) {
        return Instant.ofEpochSecond(1_800_000_000L + second);
    }
}
