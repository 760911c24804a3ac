package io.scalable.dispatcher.domain;

import static io.scalable.dispatcher.Samples.group;
import static io.scalable.dispatcher.domain.Scenario.aDeployment;
import static io.scalable.dispatcher.domain.Scenario.held;
import static io.scalable.dispatcher.domain.Scenario.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.TaskEvent.TaskCancelled;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.Assignment.DrainRequested;
import io.scalable.contracts.worker.Assignment.LeaseRevoked;
import io.scalable.dispatcher.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Restarts of the dispatcher, and ends of deployments. */
class RecoveryTest {

    @Test
    void aRestartedDispatcherGoesOnWhereTheOldOneStopped() {
        var s =
                aDeployment(group("fit", 3), group("sum", 1, "fit"))
                        .workerReady("w1")
                        .submitMany("fit", 3);
        s.submit("sum", 0, Scenario.ID + "/fit/*")
                .finish("w1", "fit", 0, 1)
                .start("w1", "fit", 1, 1);

        s.restart().listen();
        s.heartbeat("w1", held("fit", 1, 1)).finish("w1", "fit", 1, 1).finish("w1", "fit", 2, 1);

        assertThat(s.leases("w1")).containsExactly("fit/2#1", "sum/0#1");
        assertThat(s.lastLease().parents().getFirst().results()).hasSize(3);
    }

    @Test
    void aRestartGivesEveryWorkerItsFullTime() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").elapse(Duration.ofSeconds(5));

        s.restart().elapse(Duration.ofSeconds(5));
        assertThat(s.state("fit", 0)).isEqualTo(TaskState.LEASED);
        s.elapse(Duration.ofSeconds(2));

        assertThat(s.state("fit", 0)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void aLeaseThatWasNeverWrittenDownIsTakenOverFromTheWorkersReport() {
        var s = aDeployment().submit("fit", 0).workerReady("w1").listen();
        s.kept.put("t/" + id("fit", 0), queued(s));
        s.kept.remove("w/w1");

        s.restart().finish("w1", "fit", 0, 1);

        assertThat(s.results).singleElement().matches(r -> r.state() == TaskState.SUCCEEDED);
    }

    @Test
    void theEndOfADeploymentStopsEverythingAndLeavesOneRow() {
        var s = aDeployment().workerReady("w1").submitMany("fit", 2).start("w1", "fit", 0, 1);

        s.listen().tell(new Command.Ended());

        assertThat(s.told(LeaseRevoked.class)).hasSize(1);
        assertThat(s.told(DrainRequested.class)).hasSize(1);
        assertThat(s.said(TaskCancelled.class))
                .hasSize(2)
                .allMatch(c -> c.reason().equals("deployment ended"));
        assertThat(s.results).isEmpty();
        assertThat(s.kept.keySet()).containsExactly("d");
    }

    @Test
    void afterTheEndNothingIsSaidAndADayLaterNothingIsKnown() {
        var s = aDeployment().workerReady("w1").submit("fit", 0).tell(new Command.Ended()).listen();

        s.heartbeat("w1", held("fit", 0, 1)).submit("fit", 1).finish("w1", "fit", 0, 1);
        assertThat(s.assignments).isEmpty();
        assertThat(s.results).isEmpty();
        assertThat(s.kept.keySet()).containsExactly("d");

        s.now = s.now.plus(Duration.ofHours(25));
        s.tell(new Command.Tick());
        assertThat(s.kept).isEmpty();
        assertThat(s.machine().empty()).isTrue();
    }

    @Test
    void anEndedDeploymentMayBePublishedAgain() {
        var s = aDeployment().submit("fit", 0).tell(new Command.Ended());

        s.declare().submit("fit", 0).workerReady("w2");

        assertThat(s.leases("w2")).containsExactly("fit/0#1");
    }

    private static TaskEntry queued(Scenario s) {
        return TaskEntry.parked(Samples.task(Scenario.ID, "fit", 0), 0)
                .placedIn("forecast")
                .blocked()
                .queued(s.now);
    }
}
