package io.scalable.provider.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedWorkersTest {

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final ReportedWorkers reported = new ReportedWorkers(() -> now);

    @Test
    void aWorkerIsReadyOnceItSpeaks() {
        assertThat(reported.heard(heartbeat())).isTrue();
        assertThat(reported.heard(heartbeat())).isFalse();

        assertThat(reported.wasReady("w")).isTrue();
        assertThat(reported.hasLeft("w")).isFalse();
    }

    @Test
    void aWorkerThatLeftWasReady() {
        assertThat(reported.heard(new WorkerLeft("d", "w", "drained", Instant.EPOCH))).isTrue();

        assertThat(reported.hasLeft("w")).isTrue();
        assertThat(reported.wasReady("w")).isTrue();
    }

    @Test
    void theSameWordsAgainAreNoSecondProcess() {
        assertThat(reported.heard(ready(1))).isTrue();
        assertThat(reported.heard(ready(1))).isFalse();

        assertThat(reported.startedAgain("w")).isFalse();
    }

    @Test
    void aSecondStartIsNewsAndForgottenWithItsWorker() {
        boolean first = reported.heard(ready(1));
        assertThat(first).isTrue();
        assertThat(reported.heard(ready(2))).isTrue();
        assertThat(reported.startedAgain("w")).isTrue();

        reported.forget("w");

        assertThat(reported.startedAgain("w")).isFalse();
        assertThat(reported.wasReady("w")).isFalse();
    }

    @Test
    void aWorkerLivesForHalfAMinuteAfterItWasHeardUnlessItLeft() {
        boolean unused = reported.heard(heartbeat());
        now = now.plusSeconds(5);
        assertThat(reported.mayBeGone("w")).isFalse();
        now = now.plusSeconds(24);
        assertThat(reported.lives("w")).isTrue();
        assertThat(reported.mayBeGone("w")).as("it is worth a look").isTrue();
        now = now.plusSeconds(1);
        assertThat(reported.lives("w")).isFalse();

        unused = reported.heard(heartbeat());
        assertThat(reported.lives("w")).isTrue();
        unused = reported.heard(new WorkerLeft("d", "w", "drained", Instant.EPOCH));
        assertThat(reported.lives("w")).isFalse();
    }

    private static WorkerReady ready(long second) {
        return new WorkerReady("d", "w", "c", 1, 0, "host", 1, null, Instant.ofEpochSecond(second));
    }

    private static WorkerHeartbeat heartbeat() {
        return new WorkerHeartbeat("d", "w", "c", 1, 0, List.of(), false, null, Instant.EPOCH);
    }
}
