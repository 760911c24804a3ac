package io.scalable.provider.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.aws.WorkerTask.Asking;
import io.scalable.provider.cloud.aws.WorkerTask.Ended;
import io.scalable.provider.cloud.aws.WorkerTask.Known;
import io.scalable.provider.cloud.aws.WorkerTask.Unsure;
import io.scalable.provider.cloud.aws.WorkerTask.Waiting;
import io.scalable.testkit.ADeployment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTableTest {

    private static final RunRequest REQUEST =
            new RunRequest("definition", "FARGATE", Map.of(), "by", "token", Map.of());

    private final DeploymentSpec deployment =
            ADeployment.aDeployment().id("d").pool("model", 10).build();
    private final TaskTable table = new TaskTable("d");
    private Instant now = Tasks.START;

    private void listing(EcsTask... tasks) {
        var _ = table.listed(List.of(tasks), true, now);
    }

    private Asking launch(String worker) {
        table.add(new LaunchOrder(deployment, deployment.components().getFirst(), worker, 1, 0));
        return table.nextLaunches(1).getFirst();
    }

    private void runs(String worker) {
        table.started(launch(worker), Tasks.of(worker, "RUNNING"), "", now);
    }

    private WorkerTask task(String worker) {
        return table.workers().get(worker);
    }

    @Test
    void aLaunchWithoutAnAnswerIsRepeatedAsItWas() {
        Asking first = launch("w");
        table.unsure(first, REQUEST);

        Asking again = table.nextLaunches(10).getFirst();

        assertThat(again.before()).isEqualTo(REQUEST);
        assertThat(again.attempt()).isEqualTo(first.attempt());
        table.started(again, Tasks.of("w", "PROVISIONING"), "", now);
        assertThat(task("w")).isInstanceOf(Known.class);
    }

    @Test
    void aRepetitionThatIsPutOffOrRefusedLeavesTheLaunchUnsure() {
        table.unsure(launch("w"), REQUEST);
        table.postponed(table.nextLaunches(1).getFirst(), "throttled");
        assertThat(task("w")).isInstanceOf(Unsure.class);

        table.refused(table.nextLaunches(1).getFirst(), "not allowed");
        assertThat(task("w")).isInstanceOf(Unsure.class);
    }

    @Test
    void whereNothingWasStartedTheNextTokenIsAnother() {
        Asking first = launch("w");
        table.noCapacity(first, "no room");

        assertThat(task("w")).isEqualTo(new Waiting(first.order(), 2, "no room"));
        assertThat(table.nextLaunches(1).getFirst().attempt()).isEqualTo(2);
    }

    @Test
    void aTaskThatListsLackAtFirstIsThereAllTheSame() {
        runs("w");
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(5);
            listing();
        }
        assertThat(task("w")).isInstanceOf(Known.class);

        now = now.plusSeconds(30);
        listing();

        assertThat(task("w")).isInstanceOf(Ended.class);
        assertThat(((Ended) task("w")).why().cause()).isEqualTo(FailureClass.NODE_FAILURE);
    }

    @Test
    void whatAnEarlierHostLaunchedIsAdoptedOnceAndWhatHasEndedStaysForgotten() {
        EcsTask ended = Tasks.stopped("old", now, "EssentialContainerExited", "done", 0, "");
        listing(Tasks.of("a", "RUNNING"), ended);
        assertThat(table.workers()).containsOnlyKeys("a", "old");

        table.forget("old");
        listing(Tasks.of("a", "RUNNING"), ended);

        assertThat(table.workers()).containsOnlyKeys("a");
    }

    @Test
    void anUnsureLaunchThatShowsUpIsTaken() {
        table.unsure(launch("w"), REQUEST);

        listing(Tasks.of("w", "PENDING"));

        assertThat(task("w")).isInstanceOf(Known.class);
        assertThat(table.nextLaunches(1)).isEmpty();
    }

    @Test
    void tasksOfOtherDeploymentsAreNotOurs() {
        var other = Tasks.of("x", "RUNNING");
        listing(
                new EcsTask(
                        other.arn(),
                        "somebody-else",
                        "model",
                        "x",
                        "family",
                        "RUNNING",
                        "FARGATE",
                        now,
                        now,
                        null));

        assertThat(table.workers()).isEmpty();
    }

    @Test
    void ofTwoTasksForOneWorkerTheYoungerIsStopped() {
        EcsTask older = Tasks.of("w", "older", "RUNNING", now);
        EcsTask younger = Tasks.of("w", "younger", "RUNNING", now.plusSeconds(1));

        listing(younger, older);

        assertThat(((Known) task("w")).task()).isEqualTo(older);
        assertThat(table.nextStops(_ -> true, now)).containsExactly(younger.arn());
        listing(younger, older);
        assertThat(table.nextStops(_ -> true, now)).isEmpty();
    }

    @Test
    void aCancelledLaunchThatBecameReadyIsNotStopped() {
        runs("w");
        table.cancel("w");

        assertThat(table.nextStops(_ -> true, now)).isEmpty();
        assertThat(table.nextStops(_ -> false, now)).isEmpty();
    }

    @Test
    void aStopIsAskedForOnceAndAgainOnlyIfItFailedOrDidNotCome() {
        runs("w");
        table.stop("w");
        String arn = Tasks.of("w", "RUNNING").arn();

        assertThat(table.nextStops(_ -> true, now)).containsExactly(arn);
        table.stop("w");
        assertThat(table.nextStops(_ -> true, now)).isEmpty();
        table.notStopped(arn);
        assertThat(table.nextStops(_ -> true, now)).containsExactly(arn);
        assertThat(table.nextStops(_ -> true, now.plusSeconds(181))).containsExactly(arn);
    }

    @Test
    void aLaunchThatWasTakenBackBeforeTheCallNeverHappens() {
        table.add(new LaunchOrder(deployment, deployment.components().getFirst(), "w", 1, 0));
        table.cancel("w");

        assertThat(table.nextLaunches(10)).isEmpty();
        assertThat(task("w")).isInstanceOf(Ended.class);
    }

    @Test
    void aStopWishedForWhileTheLaunchIsUnsureIsKept() {
        table.unsure(launch("w"), REQUEST);
        table.stop("w");
        assertThat(table.nextStops(_ -> false, now)).isEmpty();

        table.started(table.nextLaunches(1).getFirst(), Tasks.of("w", "PENDING"), "", now);

        assertThat(table.nextStops(_ -> false, now)).hasSize(1);
    }

    @Test
    void aTaskThatStoppedForWantOfRoomIsLaunchedAgain() {
        Asking first = launch("w");
        table.started(first, Tasks.of("w", "PROVISIONING"), "", now);
        EcsTask stopped =
                Tasks.stopped("w", null, "TaskFailedToStart", "Capacity is unavailable", null, "");

        List<String> noRoom = table.listed(List.of(stopped), true, now);

        assertThat(noRoom).hasSize(1);
        assertThat(table.nextLaunches(1).getFirst().attempt()).isEqualTo(2);
        // What has stopped is not taken for the second attempt's task.
        listing(stopped);
        assertThat(task("w")).isNotInstanceOf(Ended.class);
    }

    @Test
    void onlyWhatMayChangeIsInMotion() {
        runs("w");
        listing(Tasks.of("w", "RUNNING"));
        assertThat(table.inMotion()).isFalse();
        table.stop("w");
        var _ = table.nextStops(_ -> true, now);
        assertThat(table.inMotion()).isTrue();
    }
}
