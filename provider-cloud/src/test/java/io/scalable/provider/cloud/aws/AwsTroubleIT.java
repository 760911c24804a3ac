package io.scalable.provider.cloud.aws;

import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerPending;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.provider.DeploymentProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of workers while AWS misbehaves: nothing is doubled, nothing lost. */
class AwsTroubleIT extends AwsScene {

    @Test
    void throttledCallsAreRepeatedAndDoNotDouble() {
        server.fail("ListTasks", "ThrottlingException", 3);
        server.fail("RunTask", "ThrottlingException", 7);
        server.fail("DescribeTasks", "ThrottlingException", 5);
        server.fail("RegisterTaskDefinition", "ThrottlingException", 2);

        run(12);

        eventually(() -> assertThat(ready()).hasSize(12));
        untouched(12);
    }

    @Test
    void launchesWhoseAnswersAreLostAreNotDoubled() {
        // Lists lack what was started, so that only the same call again can tell.
        server.set(Map.of("listLag", 10));
        server.loseAnswers("RunTask", 9);

        run(4);

        eventually(() -> assertThat(ready()).hasSize(4));
        untouched(4);
    }

    @Test
    void listsThatMissNewTasksForFiveSecondsLoseAndDoubleNothing() {
        server.set(Map.of("listLag", 5, "describeLag", 3));
        run(5);
        eventually(() -> assertThat(stage.alive(id)).hasSize(5));

        // Another host takes over while lists still lack all of them.
        var settling =
                new AwsPacing(
                        Duration.ofMillis(300),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(6),
                        2);
        DeploymentProvider provider = stage.anotherProvider(settling);
        host.close();
        host = host(provider);
        host.deploymentChanged(deployment(5).build());
        desire(STEADY, 5);

        eventually(() -> assertThat(ready(provider)).as("adopted").hasSize(5));
        untouched(5);
    }

    @Test
    void workersForWhichThereIsNoRoomWaitAndSayWhy() {
        server.set(Map.of("capacity", 3));

        run(5);

        eventually(() -> assertThat(ready()).hasSize(3));
        eventually(
                () ->
                        assertThat(sink.events(WorkerPending.class))
                                .extracting(WorkerPending::reason)
                                .filteredOn(r -> r != null && r.contains("Capacity is unavailable"))
                                .isNotEmpty());
        int before = server.calls("RunTask");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(5))
                .conditionEvaluationListener(_ -> host.tick())
                .until(() -> server.calls("RunTask") - before <= 6);
        server.set(Map.of("capacity", 100));
        eventually(() -> assertThat(ready()).hasSize(5));
        untouched(5);
    }

    @Test
    void withoutSpotCapacityWorkersAreOnFargateAndSaySo() {
        stage.spot();
        server.set(Map.of("spotCapacity", 2));

        run(4);

        eventually(() -> assertThat(ready()).hasSize(4));
        assertThat(server.tasks())
                .extracting(EcsServer.Seen::capacity)
                .containsOnly("FARGATE", "FARGATE_SPOT")
                .filteredOn("FARGATE_SPOT"::equals)
                .hasSize(2);
        assertThat(sink.events(WorkerStarted.class))
                .extracting(WorkerStarted::place)
                .anyMatch(place -> place.contains("Spot had no room"));
        untouched(4);
    }

    @Test
    void anInterruptedSpotWorkerIsPreemptedAndReplaced() {
        stage.spot();
        run(1);
        eventually(() -> assertThat(ready()).hasSize(1));

        server.end(worker(1), "SpotInterruption", "Your Spot Task was interrupted.");

        eventually(() -> assertThat(ready()).containsExactly(worker(2)));
        assertThat(failures()).containsExactly(FailureClass.PREEMPTED);
    }

    @Test
    void aReadyWorkerIsNotStoppedByACancelThatCameTooLate() {
        run(1);
        eventually(() -> assertThat(ready()).hasSize(1));
        var backend = stage.provider().buildCluster(deployment(1).build()).backend();

        backend.cancel(worker(1));

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(3))
                .conditionEvaluationListener(_ -> host.tick())
                .until(() -> server.calls("StopTask") == 0);
    }

    @Test
    void aStopThatIsRefusedIsTriedAgainAndNotAllTheTime() {
        host.deploymentChanged(stage.deployment(id).pool(SLOW, 2).build());
        desire(SLOW, 2);
        eventually(() -> assertThat(stage.alive(id)).hasSize(2));
        server.fail("StopTask", "AccessDeniedException", 6);

        desire(SLOW, 0);

        eventually(() -> assertThat(stage.alive(id)).isEmpty());
        assertThat(server.calls("StopTask")).isEqualTo(8);
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
    }

    @Test
    void aHundredWorkersAreAHundredLaunchesAndFewOtherCalls() {
        stage(OPEN, AwsPacing.defaults());
        server.set(Map.of("step", 0.5, "pageSize", 40));

        Instant asked = Instant.now();
        run(100);
        eventually(() -> assertThat(ready()).hasSize(100));
        System.Logger log = System.getLogger(AwsTroubleIT.class.getName());
        log.log(
                System.Logger.Level.INFO,
                "100 workers ready after {0} ms, with {1} calls",
                Duration.between(asked, Instant.now()).toMillis(),
                server.calls());

        assertThat(server.calls("RunTask")).isEqualTo(100);
        assertThat(server.calls("RegisterTaskDefinition")).isLessThanOrEqualTo(1);
        assertThat(server.calls("StopTask")).isZero();
        assertThat(server.calls()).isLessThan(250);
        // A listing is a call for each page of 40, and one description.
        assertThat(server.calls("DescribeTasks")).isLessThanOrEqualTo(server.calls("ListTasks"));
        untouched(100);
    }

    private List<FailureClass> failures() {
        return sink.events(WorkerFailed.class).stream().map(WorkerFailed::failureClass).toList();
    }
}
