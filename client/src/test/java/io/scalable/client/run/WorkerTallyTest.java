package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerTallyTest {

    private final WorkerTally tally = new WorkerTally();

    @Test
    void workersThatScalingRemovedAreNotFinal() {
        add(
                Samples.started("forecast", "f1"),
                Samples.started("forecast", "f2"),
                Samples.removed("forecast", "f1", RemovalCause.SCALED_IN, 4),
                Samples.removed("forecast", "f2", RemovalCause.DEPLOYMENT_ENDED, 11),
                Samples.started("postprocess", "p1"));

        assertThat(tally.counts(Samples.START.plusSeconds(10)))
                .isEqualTo(
                        Map.of(
                                "forecast", new WorkerCounts(2, 1, 0, 1),
                                "postprocess", new WorkerCounts(1, 0, 0, 1)));
    }

    @Test
    void aWorkerThatIsScaledInAfterTheEndWasAliveAtTheEnd() {
        add(
                Samples.started("forecast", "f1"),
                Samples.removed("forecast", "f1", RemovalCause.SCALED_IN, 11));

        assertThat(tally.counts(Samples.START.plusSeconds(10)))
                .containsEntry("forecast", new WorkerCounts(1, 0, 0, 1));
        assertThat(tally.counts(null)).containsEntry("forecast", new WorkerCounts(1, 1, 0, 0));
    }

    @Test
    void aCancelledLaunchNeverStartedAndWasNotRemoved() {
        add(
                Samples.requested("forecast", "f1"),
                Samples.removed("forecast", "f1", RemovalCause.SCALED_IN, 1));

        assertThat(tally.counts(null)).containsEntry("forecast", new WorkerCounts(0, 0, 0, 0));
    }

    @Test
    void aFailedWorkerIsNeitherRemovedNorFinal() {
        add(
                Samples.requested("forecast", "f1"),
                Samples.failed("forecast", "f1", 1),
                Samples.started("forecast", "f2"),
                Samples.lost("forecast", "f2", 2));

        assertThat(tally.counts(null)).containsEntry("forecast", new WorkerCounts(1, 0, 2, 0));
    }

    @Test
    void aWorkerThatRanButNeverCameUpHasFailedAndNotStarted() {
        add(
                Samples.started("forecast", "f1"),
                Samples.failed("forecast", "f1", 1),
                Samples.started("forecast", "f2"));

        assertThat(tally.counts(null)).containsEntry("forecast", new WorkerCounts(1, 0, 1, 1));
    }

    @Test
    void repeatedEventsCountOnce() {
        WorkerLifecycle removed = Samples.removed("forecast", "f1", RemovalCause.SCALED_IN, 3);
        add(
                Samples.started("forecast", "f1"),
                Samples.started("forecast", "f1"),
                removed,
                removed,
                Samples.failed("forecast", "f1", 5));

        assertThat(tally.counts(null)).containsEntry("forecast", new WorkerCounts(1, 1, 0, 0));
    }

    @Test
    void aWorkerIsPresentFromItsRequestToItsEnd() {
        add(Samples.requested("forecast", "f1"), Samples.requested("forecast", "f2"));
        assertThat(tally.present()).containsExactly("f1", "f2");
        assertThat(tally.running("forecast")).isZero();

        add(Samples.started("forecast", "f1"), Samples.failed("forecast", "f2", 1));
        assertThat(tally.present()).containsExactly("f1");
        assertThat(tally.running("forecast")).isEqualTo(1);

        add(Samples.removed("forecast", "f1", RemovalCause.DEPLOYMENT_ENDED, 2));
        assertThat(tally.present()).isEmpty();
    }

    private void add(WorkerLifecycle... events) {
        for (WorkerLifecycle event : events) {
            tally.add(event);
        }
    }
}
