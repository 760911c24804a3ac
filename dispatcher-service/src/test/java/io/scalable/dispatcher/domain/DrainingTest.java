package io.scalable.dispatcher.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.dispatcher.Samples;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private static final Instant NOW = Samples.START;

    @Test
    void whoseAllocationIsAboutToEndLeavesFirst() {
        var ready = List.of(worker("idle", 3600), worker("old", 100), worker("busy", 3500));

        assertThat(leaving(ready, 2)).containsExactly("old", "idle");
    }

    @Test
    void amongAlikeWorkersTheIdleOnesLeaveFirst() {
        var ready = List.of(worker("idle", 3000), worker("busy", 2900));

        assertThat(leaving(ready, 1)).containsExactly("idle");
    }

    @Test
    void aWorkerWithoutAnEndStays() {
        var ready = List.of(worker("forever", null), worker("ending", 9000));

        assertThat(leaving(ready, 1)).containsExactly("ending");
    }

    private static List<String> leaving(List<WorkerEntry> ready, int excess) {
        return Draining.leaving(ready, excess, NOW).stream().map(WorkerEntry::workerId).toList();
    }

    private static WorkerEntry worker(String id, @Nullable Integer secondsLeft) {
        Instant end = secondsLeft == null ? null : NOW.plusSeconds(secondsLeft);
        return WorkerEntry.starting(id, "forecast", NOW).ready(1, 0, end, NOW);
    }
}
