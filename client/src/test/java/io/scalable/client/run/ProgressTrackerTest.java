package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTrackerTest {

    private final ProgressTracker tracker = new ProgressTracker(Samples.deployment());

    @Test
    void countsOfAPoolAddUpToItsTotal() {
        submit("forecast", 10);
        observe("forecast", 6, 1, 3, 2, 1);
        end("forecast", TaskState.SUCCEEDED, 2);
        end("forecast", TaskState.FAILED, 1);
        end("forecast", TaskState.SKIPPED, 1);

        PoolProgress pool = at(5).pools().getFirst();

        assertThat(pool).isEqualTo(new PoolProgress("forecast", 10, 1, 2, 3, 2, 1, 1, 2, 1, 0));
        assertThat(at(5).ended()).isEqualTo(4);
        assertThat(at(5).elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void resultsAreNewerThanTheLastObservation() {
        submit("forecast", 3);
        observe("forecast", 0, 0, 3, 3, 0);
        end("forecast", TaskState.SUCCEEDED, 2);

        PoolProgress pool = at(5).pools().getFirst();

        assertThat(pool.running()).isEqualTo(1);
        assertThat(pool.done()).isEqualTo(2);
    }

    @Test
    void whatRemainsFollowsFromTheDurationsSoFar() {
        submit("forecast", 20);
        plan(null, 5);
        end("forecast", TaskState.SUCCEEDED, 10);

        // 10 tasks of 2 s on 5 workers.
        assertThat(at(3).remaining()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aPoolThatWaitsForAnotherComesAfterIt() {
        submit("forecast", 4);
        submit("postprocess", 4);
        observe("postprocess", 0, 2, 0, 1, 0);
        end("forecast", TaskState.SUCCEEDED, 2);
        end("postprocess", TaskState.SUCCEEDED, 2);

        // 2 tasks of 2 s on one worker, then the same in the other pool.
        assertThat(at(3).remaining()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void slowFirstTasksAreForgotten() {
        submit("forecast", 160);
        plan(null, 2);
        end("forecast", TaskState.SUCCEEDED, 2, 100);
        assertThat(at(3).remaining()).as("the first task of each worker").isNull();

        end("forecast", TaskState.SUCCEEDED, 58, 2);
        assertThat(at(3).remaining()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void thePlanIsBelievedUntilSomethingIsKnown() {
        submit("forecast", 10);
        assertThat(at(2).remaining()).isNull();

        plan(30.0, 1);
        assertThat(at(12).remaining()).isEqualTo(Duration.ofSeconds(18));
        assertThat(at(50).remaining()).isEqualTo(Duration.ZERO);
    }

    private RunProgress at(long second) {
        return tracker.progress(Samples.START.plusSeconds(second));
    }

    private void submit(String component, int count) {
        IntStream.range(0, count).forEach(_ -> tracker.submitted(component));
    }

    private void end(String component, TaskState state, int count) {
        end(component, state, count, 2);
    }

    private void end(String component, TaskState state, int count, double seconds) {
        var task = Samples.task(Samples.RUN, component, 0);
        IntStream.range(0, count).forEach(_ -> tracker.ended(task.tag(), state, seconds));
    }

    private void plan(Double predicted, int desired) {
        ScalePlan plan = Samples.plan(1, 0, Samples.pool("forecast", desired));
        tracker.planned(
                new ScalePlan(
                        plan.deploymentId(), 1, plan.pools(), 1, predicted, null, null, plan.at()));
    }

    private void observe(
            String pool, int ready, int blocked, int running, int workers, int starting) {
        var seen =
                new PoolObservation(
                        pool,
                        ready,
                        blocked,
                        workers + starting,
                        0,
                        Collections.nCopies(running, 1.0),
                        List.of(),
                        Collections.nCopies(starting, new StartingWorker("w", 1)),
                        List.of(),
                        List.of(),
                        List.of());
        tracker.observed(
                new PoolDemand(
                        Samples.RUN,
                        Samples.START,
                        "observe",
                        1,
                        List.of(seen),
                        List.of(),
                        List.of()));
    }
}
