package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.domain.Scenario.onSlurm;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationsTest {

    private static final Duration WALLTIME = Duration.ofSeconds(60);

    private final Scenario s = onSlurm(WALLTIME);

    @Test
    void aTaskThatIsExpectedToOutliveEveryWorkerIsRefusedAtOnce() {
        s.submit("long", 0, 0, 3, 90.0).submit("short", 0, 0, 0, 10.0);

        assertThat(s.state("long", 0)).isEqualTo(TaskState.FAILED);
        assertThat(s.results.getFirst().failures().getLast())
                .satisfies(
                        failure -> {
                            assertThat(failure.failureClass()).isEqualTo(FailureClass.WALLTIME);
                            assertThat(failure.message())
                                    .isEqualTo(
                                            "it is expected to take 90 s, and a worker lives 60 s"
                                                    + " at most; raise the target's walltime, or"
                                                    + " make the task shorter");
                        });
        s.workerReady("w1", 1, s.now.plus(WALLTIME));
        assertThat(s.leases("w1")).containsExactly("short/0#1");
    }

    @Test
    void aKindThatTakesTooLongOnAverageIsRefused() {
        s.submitMany("fit", 2).workerReady("w1", 1, s.now.plus(WALLTIME));
        s.finish("w1", "fit", 0, 1, 57);

        assertThat(s.state("fit", 1)).isEqualTo(TaskState.FAILED);
        assertThat(s.results.getLast().failures().getLast().message())
                .startsWith("tasks 'fit' took 57 s on average (1 so far), and a worker lives 60 s");
    }

    @Test
    void aTaskOfAWideKindIsGivenToAWorkerThatHasJustStarted() {
        s.submitMany("fit", 3).workerReady("w1", 1, s.now.plus(WALLTIME));
        s.finish("w1", "fit", 0, 1, 5);
        s.now = s.now.plusSeconds(8);
        s.finish("w1", "fit", 1, 1, 50);
        assertThat(s.state("fit", 2)).as("its 95th percentile is 80 s").isEqualTo(TaskState.QUEUED);

        s.workerReady("w2", 1, s.now.plus(WALLTIME));

        assertThat(s.leases("w2")).containsExactly("fit/2#1");
    }

    @Test
    void anAttemptThatHadAWholeAllocationIsNotRepeated() {
        Instant end = s.now.plus(WALLTIME);
        s.submit("endless", 0).workerReady("w1", 1, end).start("w1", "endless", 0, 1);
        s.now = end;

        s.leave("w1");

        assertThat(s.state("endless", 0)).isEqualTo(TaskState.FAILED);
        assertThat(s.results.getFirst().failures().getLast().message())
                .startsWith("it ran for 60 s, and a worker lives 60 s at most");
    }

    @Test
    void anAttemptThatBeganLateIsRepeated() {
        Instant end = s.now.plus(WALLTIME);
        s.workerReady("w1", 1, end);
        s.now = s.now.plusSeconds(20);
        s.submit("endless", 0).start("w1", "endless", 0, 1);
        s.now = end;

        s.workerFailed("w1", FailureClass.WALLTIME).workerReady("w2", 1, end.plus(WALLTIME));

        assertThat(s.leases("w2")).isEqualTo(List.of("endless/0#2"));
    }
}
