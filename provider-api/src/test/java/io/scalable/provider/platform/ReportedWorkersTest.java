package io.scalable.provider.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.WorkerReport.WorkerHeartbeat;
import io.scalable.contracts.worker.WorkerReport.WorkerLeft;
import io.scalable.contracts.worker.WorkerReport.WorkerReady;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedWorkersTest {

    private final ReportedWorkers reported = new ReportedWorkers();

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

    private static WorkerReady ready(long second) {
        return new WorkerReady("d", "w", "c", 1, 0, "host", 1, null, Instant.ofEpochSecond(second));
    }

    private static WorkerHeartbeat heartbeat() {
        return new WorkerHeartbeat("d", "w", "c", 1, 0, List.of(), false, null, Instant.EPOCH);
    }
}
