package io.scalable.provider.slurm;

import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import io.scalable.provider.platform.PlatformBackend;
import io.scalable.provider.platform.SharedListing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of workers while Slurm misbehaves as scripted. Time moves by hand. */
class SlurmPlatformTest {

    @TempDir Path workDir;
    private FakeSlurmStage stage;
    private FakeSlurm slurm;
    private DeploymentSpec deployment;
    private SharedListing listing;
    private PlatformBackend backend;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @BeforeEach
    void begin() {
        stage = new FakeSlurmStage(workDir, () -> now);
        slurm = stage.slurm;
        deployment = stage.deployment("d").pool(STEADY, 100).pool(SLOW, 100).build();
        listing = newListing();
        backend = newBackend("d");
    }

    private SharedListing newListing() {
        var settings = FakeSlurmStage.settings(workDir);
        var submission = new Submission(settings, new WorkerCommands(settings, "Main", null));
        var platform =
                new SlurmPlatform(
                        slurm,
                        _ -> submission,
                        workDir,
                        stage.reported,
                        () -> now,
                        SlurmTraits.of(SlurmTraits.POLL));
        return new SharedListing(platform, Runnable::run, () -> 0, () -> {});
    }

    private PlatformBackend newBackend(String deploymentId) {
        return new PlatformBackend(
                deploymentId,
                listing,
                stage.reported,
                Duration.ofMinutes(30),
                () -> now,
                Runnable::run,
                () -> 0,
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
        return pass(20);
    }

    /** Seconds go by, in which workers that are ready speak. */
    private Map<String, WorkerStatus> pass(int seconds) {
        Map<String, WorkerStatus> statuses = Map.of();
        for (int i = 0; i < seconds; i++) {
            now = now.plusSeconds(1);
            slurm.alive().stream().filter(stage.reported::wasReady).forEach(stage::beat);
            try {
                statuses = backend.observe();
            } catch (BackendUnavailableException e) {
                statuses = Map.of();
            }
        }
        return statuses;
    }

    private long looks() {
        return slurm.calls().stream().filter("list"::equals).count();
    }

    @Test
    void alikeWorkersAreOneSubmission() {
        launch(STEADY, 1, 64);

        Map<String, WorkerStatus> listing = settle();

        assertThat(listing.values()).hasSize(64).allMatch(s -> s instanceof Running r && r.ready());
        assertThat(slurm.calls()).filteredOn("submit"::equals).hasSize(1);
    }

    @Test
    void slurmIsAskedOnceAMinuteWhileNothingChangesAndWhileJobsWait() {
        slurm.keepInQueue("Priority");
        launch(SLOW, 1, 3);
        pass(120);
        long before = looks();

        pass(600);

        assertThat(looks() - before).isBetween(9L, 10L);
    }

    @Test
    void workersThatStutterDoNotMakeSlurmBeAskedAllTheTime() {
        launch(STEADY, 1, 1);
        pass(120);
        long before = looks();

        for (int second = 0; second < 600; second++) {
            now = now.plusSeconds(1);
            if (second % 8 == 0) {
                stage.beat("d-steady-1");
            }
            Map<String, WorkerStatus> unused = backend.observe();
        }

        assertThat(looks() - before).isLessThan(40);
    }

    @Test
    void twentyDeploymentsShareOneLook() {
        var backends = new ArrayList<PlatformBackend>();
        for (int i = 0; i < 20; i++) {
            backends.add(newBackend("d" + i));
        }
        for (int second = 0; second < 600; second++) {
            now = now.plusSeconds(1);
            for (PlatformBackend one : backends) {
                try {
                    Map<String, WorkerStatus> unused = one.observe();
                } catch (BackendUnavailableException e) {
                    // The first look is not answered yet.
                }
            }
        }

        assertThat(looks()).as("in ten minutes, with those at the start").isLessThan(20);
    }

    @Test
    void anEmptyListingThatSucceedsMakesNoSecondJobAndEndsNoWorker() {
        launch(STEADY, 1, 1);
        settle();
        slurm.keepInQueue("Priority");
        launch(STEADY, 2, 2);
        settle();

        slurm.listNothing(true);
        Map<String, WorkerStatus> meanwhile = pass(120);
        slurm.listNothing(false);

        assertThat(meanwhile.get("d-steady-1"))
                .isInstanceOfSatisfying(Running.class, r -> assertThat(r.ready()).isTrue());
        assertThat(meanwhile.get("d-steady-2")).isInstanceOf(Unknown.class);
        assertThat(pass(70).get("d-steady-2")).isInstanceOf(Pending.class);
        assertThat(slurm.scripts()).hasSize(2);
    }

    @Test
    void aWorkerThatIsHeardIsNotLostHoweverLongSlurmListsNothing() {
        launch(STEADY, 1, 1);
        settle();
        slurm.listNothing(true);

        assertThat(pass(3_600).get("d-steady-1"))
                .isInstanceOfSatisfying(Running.class, r -> assertThat(r.ready()).isTrue());
    }

    @Test
    void aJobWhoseCommentAndNameASiteRewritesIsStillTheWorkers() {
        launch(SLOW, 1, 1);
        settle();

        slurm.rewriteTag("d-slow-1");

        assertThat(pass(600).get("d-slow-1")).isInstanceOf(Running.class);
        assertThat(slurm.scripts()).hasSize(1);
    }

    @Test
    void aJobThatWillNeverStartIsEndedWithSlurmsReason() {
        slurm.keepInQueue("PartitionTimeLimit");
        launch(STEADY, 1, 1);

        assertThat(settle().get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        exit -> {
                            assertThat(exit.message()).contains("PartitionTimeLimit", "walltime");
                            assertThat(exit.log()).as("it never wrote one").isNull();
                        });
        assertThat(slurm.alive()).isEmpty();
    }

    @Test
    void aJobThatANodeCouldNotStartIsEndedWithSlurmsReason() {
        slurm.keepInQueue("launch failed requeued held");
        launch(STEADY, 1, 1);

        assertThat(settle().get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        exit -> {
                            assertThat(exit.message()).contains("launch failed requeued held");
                            assertThat(exit.cause()).as("a failed start").isNull();
                        });
    }

    @Test
    void aJobThatIsCancelledOnItsNodeBeforeItsWorkerSpokeDidNotStart() {
        launch(SLOW, 1, 1);
        settle();

        slurm.end("d-slow-1", JobState.CANCELLED);

        assertThat(pass(60).get("d-slow-1"))
                .isInstanceOfSatisfying(Exited.class, exit -> assertThat(exit.cause()).isNull());
    }

    @Test
    void aJobThatIsCancelledInTheQueueWasTakenAway() {
        slurm.keepInQueue("Priority");
        launch(SLOW, 1, 1);
        settle();

        slurm.end("d-slow-1", JobState.CANCELLED);

        assertThat(pass(60).get("d-slow-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        exit -> assertThat(exit.cause()).isEqualTo(FailureClass.PREEMPTED));
    }

    @Test
    void aHeldJobSaysSoAndHowItGoesOn() {
        slurm.keepInQueue("JobHeldUser");
        launch(STEADY, 1, 1);

        assertThat(settle().get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Pending.class,
                        p -> assertThat(p.reason()).contains("held", "scontrol release 1_0"));
    }

    @Test
    void anErrorOfSbatchThatNobodyKnowsIsToldAndGivenUpInTheEnd() {
        settle();
        slurm.answerOddly("sbatch: error: the moon is in the wrong house");
        launch(STEADY, 1, 1);

        assertThat(settle().get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Pending.class, p -> assertThat(p.reason()).contains("wrong house"));
        assertThat(pass(400).get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Exited.class, exit -> assertThat(exit.message()).contains("wrong house"));
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
        pass(120);
        assertThat(slurm.alive()).hasSize(5).contains("d-slow-6");
    }

    @Test
    void aControllerThatIsDownMakesEverythingUnknownAndNothingFailed() {
        launch(SLOW, 1, 2);
        settle();
        slurm.down(true);
        int before = slurm.calls().size();

        Map<String, WorkerStatus> listing = Map.of();
        for (int second = 0; second < 240; second++) {
            now = now.plusSeconds(1);
            listing = backend.observe();
        }

        assertThat(listing.values()).hasSize(2).allMatch(Unknown.class::isInstance);
        assertThat(slurm.calls().size() - before).as("backs off").isLessThan(12);
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

        assertThat(pass(150).values()).hasSize(3).allMatch(Running.class::isInstance);
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
                .as("a worker that falls silent is looked for at once")
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

        assertThat(pass(180).get("d-steady-1"))
                .isInstanceOfSatisfying(
                        Exited.class,
                        exit -> assertThat(exit.cause()).isEqualTo(FailureClass.PREEMPTED));
    }

    @Test
    void aJobThatNobodyRemembersNorHearsIsLostAfterMinutes() {
        launch(SLOW, 1, 1);
        settle();

        slurm.forgetCompletely("d-slow-1");

        assertThat(pass(120).get("d-slow-1")).isInstanceOf(Unknown.class);
        assertThat(pass(300).get("d-slow-1")).isInstanceOf(Exited.class);
    }

    @Test
    void aRequeuedJobIsNoFailure() {
        launch(SLOW, 1, 1);
        settle();

        slurm.end("d-slow-1", JobState.REQUEUED);

        assertThat(pass(70).get("d-slow-1")).isInstanceOf(Pending.class);
    }

    @Test
    void whatWaitsSaysWhatFor() {
        slurm.keepInQueue("Priority");
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

        listing = newListing();
        backend = newBackend("d");

        assertThat(settle()).containsOnlyKeys("d-steady-1", "d-steady-2");
    }

    @Test
    void aNodeThatKeepsFailingItsWorkersGetsNoMoreWhereOthersStartThem() {
        launch(SLOW, 1, 3);
        settle();
        stage.beat("d-slow-3");
        slurm.moveTo("d-slow-3", "n2");
        pass(60);
        slurm.end("d-slow-1", JobState.NODE_FAIL);
        slurm.end("d-slow-2", JobState.NODE_FAIL);
        pass(60);

        launch(SLOW, 4, 4);
        settle();

        assertThat(slurm.scripts().getLast()).contains("#SBATCH --exclude=n1\n");
    }
}
