package io.scalable.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.worker.Launch;
import io.scalable.provider.reconcile.WorkerRef;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchRecordsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void aLaunchWhoseWriteFailedAndHadWorkedIsForgottenWithTheDeployment() {
        var ledger = new FailingLedger();
        var records = new LaunchRecords("run-1", ledger, List.of());
        ledger.failsAfterTheWrite = true;
        assertThatThrownBy(() -> records.intend(List.of(new WorkerRef("fit", "w1", 1)), NOW))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.entries).containsOnlyKeys("w1");

        ledger.failsAfterTheWrite = false;
        records.forgetAll();

        assertThat(ledger.entries).isEmpty();
    }

    /** A ledger whose writes fail after they have worked. */
    private static final class FailingLedger implements LaunchLedger {
        private final Map<String, Launch> entries = new LinkedHashMap<>();
        private boolean failsAfterTheWrite;

        @Override
        public Collection<Launch> read() {
            return List.copyOf(entries.values());
        }

        @Override
        public void write(List<Launch> launches) {
            launches.forEach(launch -> entries.put(launch.workerId(), launch));
            if (failsAfterTheWrite) {
                throw new IllegalStateException("no answer");
            }
        }

        @Override
        public void forget(List<String> workerIds) {
            workerIds.forEach(entries::remove);
        }
    }
}
