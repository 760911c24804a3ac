package io.scalable.provider.slurm;

import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of workers while Slurm misbehaves as scripted. Time moves by hand. */
class SlurmBackendTest {

    @TempDir Path workDir;
    private FakeSlurmStage stage;
    private FakeSlurm slurm;
    private DeploymentSpec deployment;
    private SlurmBackend backend;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @BeforeEach
    void begin() {
        stage = new FakeSlurmStage(workDir);
        slurm = stage.slurm;
        deployment = stage.deployment("d").pool(STEADY, 100).pool(SLOW, 100).build();
        backend = newBackend();
    }

    private SlurmBackend newBackend() {
        Executor atOnce = Runnable::run;
        var settings = FakeSlurmStage.settings(workDir);
        return new SlurmBackend(
                "d",
                slurm,
                new Submission(settings, new WorkerCommands(settings, "Main", null)),
                SlurmPacing.defaults(),
                Duration.ofHours(1),
                () -> now,
                atOnce,
                () -> {},
                () -> {});
    }

    private void launch(String component, int from, int to) {
        for (int ordinal = from; ordinal <= to; ordinal++) {
            String id = "d-" + component + "-" + ordinal;
            backend.launch(
                    LaunchOrder.of(
                            deployment,
                            deployment.component(component).orElseThrow(),
                            id,
                            ordinal));
        }
    }

    /** Looks often enough for all questions that are due to be asked and answered. */
    private Map<String, WorkerStatus> settle() {
        Map<String, WorkerStatus> listing = Map.of();
        for (int i = 0; i < 20; i++) {
            now = now.plusSeconds(1);
            try {
                listing = backend.observe();
            } catch (BackendUnavailableException e) {
                listing = Map.of();
            }
        }
        return listing;
    }

    @Test
    void alikeWorkersAreOneSubmission() {
        launch(STEADY, 1, 64);

        Map<String, WorkerStatus> listing = settle();

        assertThat(listing.values()).hasSize(64).allMatch(s -> s instanceof Running r && r.ready());
        assertThat(slurm.calls()).filteredOn("submit"::equals).hasSize(1);
    }

    @Test
    void whileNothingChangesSlurmIsAskedEveryTenSeconds() {
        launch(STEADY, 1, 3);
        settle();
        int before = slurm.calls().size();

        for (int second = 0; second < 60; second++) {
            now = now.plusSeconds(1);
            backend.observe();
        }

        assertThat(slurm.calls().size() - before).isLessThanOrEqualTo(7);
    }

    @Test
    void aSubmitLimitIsMetAndSaid() {
        slurm.submitLimit(5);
        launch(SLOW, 1, 8);

        Map<String, WorkerStatus> listing = settle();

        assertThat(slurm.alive()).hasSize(5);
        assertThat(listing.get("d-slow-8"))
                .isInstanceOfSatisfying(
                        Pending.class,
                        p -> assertThat(p.reason()).contains("QOSMaxSubmitJobPerUserLimit"));

        slurm.end("d-slow-1", JobState.COMPLETED);
        now = now.plusSeconds(60);
        settle();
        assertThat(slurm.alive()).hasSize(5).contains("d-slow-6");
    }

    @Test
    void aControllerThatIsDownMakesEverythingUnknownAndNothingFailed() {
        launch(SLOW, 1, 2);
        settle();
        slurm.down(true);
        int before = slurm.calls().size();

        Map<String, WorkerStatus> listing = Map.of();
        for (int second = 0; second < 60; second++) {
            now = now.plusSeconds(1);
            listing = backend.observe();
        }

        assertThat(listing.values()).hasSize(2).allMatch(Unknown.class::isInstance);
        assertThat(slurm.calls().size() - before).as("backs off").isLessThan(10);
        slurm.down(false);
        now = now.plusSeconds(60);
        assertThat(settle().values()).allMatch(Running.class::isInstance);
    }

    @Test
    void beforeTheFirstAnswerNothingIsKnown() {
        slurm.down(true);

        assertThatThrownBy(() -> backend.observe()).isInstanceOf(BackendUnavailableException.class);
    }

    @Test
    void aSubmissionWhoseAnswerIsLostIsNotMadeTwice() {
        settle();
        slurm.loseAnswers(true);
        launch(STEADY, 1, 3);
        now = now.plusSeconds(1);
        backend.observe();
        slurm.loseAnswers(false);
        now = now.plusSeconds(60);

        // FakeSlurm complains of a worker that is submitted twice.
        assertThat(settle().values()).hasSize(3).allMatch(Running.class::isInstance);
        assertThat(slurm.scripts()).hasSize(1);
    }

    @Test
    void aSubmissionThatNeverArrivedIsMadeAgain() {
        settle();
        slurm.down(true);
        launch(STEADY, 1, 3);
        now = now.plusSeconds(1);
        backend.observe();
        slurm.down(false);
        now = now.plusSeconds(60);

        assertThat(settle().values()).hasSize(3).allMatch(Running.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"TIMEOUT", "OUT_OF_MEMORY", "PREEMPTED", "CANCELLED", "NODE_FAIL"})
    void whoEndedAJobIsSaid(JobState state) {
        launch(STEADY, 1, 1);
        settle();

        slurm.end("d-steady-1", state);

        assertThat(settle().get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        exit -> {
                            assertThat(exit.cause()).isEqualTo(state.cause());
                            assertThat(exit.wasReady()).isTrue();
                            assertThat(exit.message()).contains(state.name());
                        });
    }

    @Test
    void aJobThatVanishesFromTheListingIsLookedUp() {
        launch(STEADY, 1, 1);
        settle();

        slurm.vanish("d-steady-1", JobState.PREEMPTED);

        assertThat(settle().get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        exit -> assertThat(exit.cause()).isEqualTo(FailureClass.PREEMPTED));
    }

    @Test
    void aJobThatNobodyRemembersIsLostAfterASecondLook() {
        launch(SLOW, 1, 1);
        settle();

        slurm.forgetCompletely("d-slow-1");

        assertThat(settle().get("d-slow-1")).isInstanceOf(Exited.class);
    }

    @Test
    void aRequeuedJobIsNoFailure() {
        launch(SLOW, 1, 1);
        settle();

        slurm.end("d-slow-1", JobState.REQUEUED);

        assertThat(settle().get("d-slow-1")).isInstanceOf(Pending.class);
    }

    @Test
    void whatWaitsSaysWhatFor() {
        slurm.keepInQueue();
        launch(STEADY, 1, 1);

        assertThat(settle().get("d-steady-1")).isEqualTo(new Pending("job 1_0: Priority"));
    }

    @Test
    void aCancelledLaunchNeverReachesSlurm() {
        slurm.down(true);
        launch(STEADY, 1, 1);

        backend.cancel("d-steady-1");
        slurm.down(false);
        now = now.plusSeconds(60);

        assertThat(settle().get("d-steady-1")).isInstanceOf(Exited.class);
        assertThat(slurm.scripts()).isEmpty();
    }

    @Test
    void anotherHostFindsTheJobsOfThisOne() {
        launch(STEADY, 1, 2);
        settle();

        backend = newBackend();

        assertThat(settle()).containsOnlyKeys("d-steady-1", "d-steady-2");
    }

    @Test
    void aNodeThatKeepsFailingItsWorkersGetsNoMore() {
        launch(SLOW, 1, 2);
        settle();
        slurm.end("d-slow-1", JobState.NODE_FAIL);
        slurm.end("d-slow-2", JobState.NODE_FAIL);
        settle();

        launch(SLOW, 3, 3);
        settle();

        assertThat(slurm.scripts().getLast()).contains("#SBATCH --exclude=n1\n");
    }

    @Test
    void questionsDoNotHoldUpTheHost() {
        var held = new java.util.concurrent.CountDownLatch(1);
        var settings = FakeSlurmStage.settings(workDir);
        var thread = java.util.concurrent.Executors.newSingleThreadExecutor();
        var slow =
                new SlurmBackend(
                        "d",
                        slurm,
                        new Submission(settings, new WorkerCommands(settings, "Main", null)),
                        SlurmPacing.defaults(),
                        Duration.ofHours(1),
                        () -> now,
                        question ->
                                thread.execute(
                                        () -> {
                                            try {
                                                held.await();
                                            } catch (InterruptedException e) {
                                                Thread.currentThread().interrupt();
                                            }
                                            question.run();
                                        }),
                        () -> {},
                        thread::shutdownNow);
        assertThatThrownBy(slow::observe).isInstanceOf(BackendUnavailableException.class);
        held.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> slurm.calls().equals(List.of("list")));
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> slow.observe().isEmpty());
        slow.close();
    }
}
