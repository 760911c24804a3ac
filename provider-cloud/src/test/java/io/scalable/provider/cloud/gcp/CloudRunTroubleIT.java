package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.TestClock;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with Cloud Run's API: nothing doubled, nothing lost, and clear words. */
class CloudRunTroubleIT {

    private static final Duration STEP = Duration.ofMillis(500);
    private static DiscoveryDocument document;

    private final TestClock clock = new TestClock();
    private CloudRunStage stage;
    private FakeCloudRun cloud;
    private DeploymentSpec deployment;
    private WorkerBackend backend;
    private Map<String, WorkerStatus> seen = Map.of();

    @BeforeAll
    static void readTheApisDescription() {
        document = DiscoveryDocument.of("run.v2");
    }

    @BeforeEach
    void begin() {
        stage = CloudRunStage.stepwise(document, clock);
        cloud = stage.cloud;
        cloud.manners.creation = Duration.ofSeconds(2);
        cloud.manners.start = Duration.ofSeconds(3);
        deployment =
                stage.deployment("run-1")
                        .pool(ProviderStage.STEADY, 20)
                        .pool(ProviderStage.SLOW, 20)
                        .build();
        backend = stage.provider().buildCluster(deployment).backend();
        pass(Duration.ofSeconds(3));
    }

    @AfterEach
    void end() {
        backend.close();
        stage.close();
    }

    @Test
    void aCreationThatNobodyAnsweredIsRepeatedAndGivesOnePool() {
        cloud.api.loseAnswers("create", 1);
        cloud.manners.lag = Duration.ofSeconds(10);

        launch(ProviderStage.STEADY, 1);
        step();
        assertThat(step().get(steady(1))).isInstanceOf(Unknown.class);
        pass(Duration.ofSeconds(20));

        assertThat(seen.get(steady(1))).isInstanceOf(Running.class);
        assertThat(cloud.everMade()).containsExactly(steady(1));
        assertThat(cloud.api.calls("create")).isEqualTo(2);
    }

    @Test
    void aCreationThatNobodyAnsweredIsNotRepeatedOnceItIsListed() {
        cloud.api.loseAnswers("create", 1);
        cloud.api.trouble("create", 10, 500, "INTERNAL", "Not asked again.");

        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(20));

        assertThat(seen.get(steady(1))).isInstanceOf(Running.class);
        assertThat(cloud.everMade()).containsExactly(steady(1));
    }

    @Test
    void aPoolThatListingsMissForAWhileCountsAsThere() {
        cloud.manners.lag = Duration.ofSeconds(25);

        launch(ProviderStage.STEADY, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(step().get(steady(1))).isInstanceOfAny(Pending.class, Running.class);
        }

        assertThat(seen.get(steady(1))).isInstanceOf(Running.class);
        assertThat(cloud.everMade()).containsExactly(steady(1));
    }

    @Test
    void serverErrorsAreUnknownAndPass() {
        cloud.api.trouble("create", 3, 503, "UNAVAILABLE", "The service is currently unavailable.");
        cloud.api.trouble("list", 3, 503, "UNAVAILABLE", "The service is currently unavailable.");

        launch(ProviderStage.STEADY, 1);
        step();
        assertThat(step().get(steady(1)))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(Unknown.class))
                .extracting(Unknown::reason)
                .asString()
                .contains("currently unavailable", "503");
        pass(Duration.ofSeconds(60));

        assertThat(seen.get(steady(1))).isInstanceOf(Running.class);
        assertThat(cloud.everMade()).containsExactly(steady(1));
    }

    @Test
    void whileNobodyAnswersNothingIsConcludedAndQuestionsGetRarer() {
        launch(ProviderStage.SLOW, 1);
        pass(Duration.ofSeconds(20));
        int before = cloud.api.calls("list");
        cloud.api.trouble(
                "list", 1000, 429, "RESOURCE_EXHAUSTED", "Quota exceeded: read requests.");

        pass(Duration.ofSeconds(300));

        assertThat(cloud.api.calls("list") - before).isLessThanOrEqualTo(12);
        assertThat(message(slow(1))).contains("read requests");
        assertThat(seen.get(slow(1))).isInstanceOf(Unknown.class);
        assertThat(cloud.alive()).containsExactly(slow(1));
    }

    @Test
    void aQuotaPostponesAndIsNamed() {
        cloud.manners.quota = 2;
        for (int i = 1; i <= 4; i++) {
            launch(ProviderStage.STEADY, i);
        }
        pass(Duration.ofSeconds(30));

        assertThat(seen.values()).filteredOn(Running.class::isInstance).hasSize(2);
        assertThat(seen.values())
                .filteredOn(Pending.class::isInstance)
                .hasSize(2)
                .allSatisfy(
                        s -> assertThat(s.toString()).contains("total worker pools per region"));
        assertThat(cloud.api.calls("create")).isLessThan(16);

        cloud.manners.quota = 100;
        pass(Duration.ofSeconds(90));
        assertThat(seen.values()).hasSize(4).allMatch(Running.class::isInstance);
    }

    @Test
    void aRefusalSaysWhichRolesAreMissing() {
        cloud.api.trouble(
                "create",
                1,
                403,
                "PERMISSION_DENIED",
                "Permission 'run.workerpools.create' denied on resource.");

        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(5));

        assertThat(seen.get(steady(1))).isInstanceOf(Exited.class);
        assertThat(message(steady(1)))
                .contains("run.workerpools.create", "roles/run.developer")
                .contains("roles/iam.serviceAccountUser");
        assertThat(cloud.everMade()).isEmpty();
    }

    @Test
    void whatMayNotBeSeenIsRefusedBeforeItStarts() {
        cloud.api.trouble("list", 1, 403, "PERMISSION_DENIED", "Permission denied.");

        assertThat(stage.provider().validate(deployment).errors())
                .contains("targets.here.provider", "roles/run.developer");
        assertThat(stage.provider().validate(deployment).ok()).isTrue();
    }

    @Test
    void expiredCredentialsAreNamedAndNothingIsDoubled() {
        cloud.api.letIn("nobody has this");

        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(5));
        assertThat(message(steady(1))).contains("gcloud auth application-default login");
        assertThat(seen.get(steady(1))).isInstanceOf(Pending.class);

        cloud.api.letIn("");
        pass(Duration.ofSeconds(60));
        assertThat(seen.get(steady(1))).isInstanceOf(Running.class);
        assertThat(cloud.everMade()).containsExactly(steady(1));
    }

    @Test
    void anImageThatIsNotThereIsSaidAndItsPoolDeleted() {
        cloud.manners.breaks = "CONTAINER_MISSING";

        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(40));

        assertThat(seen.get(steady(1))).isInstanceOf(Exited.class);
        assertThat(message(steady(1))).contains("image is not there", "Revision is not ready");
        assertThat(cloud.pools()).isEmpty();
    }

    @Test
    void anOperationThatFailsIsSaid() {
        cloud.manners.operationError = "Quota exceeded for total allowable CPU per project.";
        cloud.manners.lag = Duration.ofSeconds(20);

        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(60));

        assertThat(seen.get(steady(1))).isInstanceOf(Exited.class);
        assertThat(message(steady(1))).contains("a quota is reached", "total allowable CPU");
        assertThat(cloud.pools()).isEmpty();
    }

    @Test
    void allPagesAreReadSoThatAnotherHostAdoptsEveryPool() {
        cloud.manners.page = 2;
        for (int i = 1; i <= 7; i++) {
            launch(ProviderStage.STEADY, i);
        }
        pass(Duration.ofSeconds(30));
        backend.close();

        backend = stage.provider().buildCluster(deployment).backend();
        pass(Duration.ofSeconds(3));

        assertThat(seen).hasSize(7);
        assertThat(seen.values()).allMatch(Running.class::isInstance);
        assertThat(cloud.everMade()).hasSize(7);
    }

    @Test
    void beforeTheFirstListingNothingIsSaidAndNothingMade() {
        backend.close();
        cloud.api.trouble("list", 1, 503, "UNAVAILABLE", "Later.");
        backend = stage.provider().buildCluster(deployment).backend();
        launch(ProviderStage.STEADY, 1);

        assertThatThrownBy(() -> backend.observe()).isInstanceOf(BackendUnavailableException.class);
        assertThatThrownBy(() -> backend.observe()).hasMessageContaining("Later.");
        assertThat(cloud.everMade()).isEmpty();
    }

    @Test
    void aContainerThatCloudRunStartsAgainIsNoWorkerAnyMore() {
        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(20));

        stage.crash(steady(1));
        pass(Duration.ofSeconds(30));

        assertThat(seen.get(steady(1))).isInstanceOf(Exited.class);
        assertThat(message(steady(1))).contains("started it again");
        assertThat(cloud.pools()).isEmpty();
    }

    @Test
    void aPoolThatIsGoneIsSaid() {
        launch(ProviderStage.SLOW, 1);
        pass(Duration.ofSeconds(60));
        assertThat(seen.get(slow(1))).isInstanceOf(Running.class);

        cloud.remove(slow(1));
        pass(Duration.ofSeconds(30));

        assertThat(seen.get(slow(1))).isInstanceOf(Exited.class);
        assertThat(message(slow(1))).contains("is gone", "cloud_run_worker_pool");
    }

    @Test
    void aWorkerThatSaysNothingIsGivenUp() {
        launch(ProviderStage.SLOW, 1);
        pass(Duration.ofMinutes(14));
        assertThat(seen.get(slow(1))).isInstanceOf(Running.class);

        pass(Duration.ofMinutes(2));

        assertThat(seen.get(slow(1))).isInstanceOf(Exited.class);
        assertThat(message(slow(1))).contains("said nothing for 15 min", "reaches the broker");
        assertThat(cloud.pools()).isEmpty();
    }

    @Test
    void cancellingWhatMayHaveBeenMadeLeavesNothing() {
        cloud.api.loseAnswers("create", 1);
        launch(ProviderStage.SLOW, 1);
        step();
        step();

        backend.cancel(slow(1));
        pass(Duration.ofSeconds(60));

        assertThat(seen.get(slow(1))).isInstanceOf(Exited.class);
        assertThat(cloud.pools()).isEmpty();
        assertThat(cloud.everMade()).containsExactly(slow(1));
    }

    @Test
    void anEndThatIsRefusedIsTriedAgain() {
        launch(ProviderStage.STEADY, 1);
        pass(Duration.ofSeconds(20));
        cloud.api.trouble("delete", 3, 403, "PERMISSION_DENIED", "Permission denied.");

        backend.terminate(steady(1));
        pass(Duration.ofSeconds(8));
        assertThat(seen.get(steady(1))).isInstanceOf(Running.class);
        pass(Duration.ofSeconds(60));

        assertThat(seen.get(steady(1))).isInstanceOf(Exited.class);
        assertThat(cloud.pools()).isEmpty();
    }

    @Test
    void whileNothingChangesCloudRunIsAskedSixTimesAMinute() {
        for (int i = 1; i <= 12; i++) {
            launch(ProviderStage.STEADY, i);
        }
        pass(Duration.ofSeconds(60));
        int lists = cloud.api.calls("list");
        int operations = cloud.api.calls("operation");

        pass(Duration.ofSeconds(60));

        assertThat(cloud.api.calls("list") - lists).isBetween(5, 7);
        assertThat(cloud.api.calls("operation")).isEqualTo(operations);
        assertThat(cloud.api.calls("create")).isEqualTo(12);
    }

    @Test
    void sweepingFindsPoolsAndDeletesThem() {
        launch(ProviderStage.STEADY, 1);
        launch(ProviderStage.SLOW, 1);
        pass(Duration.ofSeconds(20));
        String address = cloud.api.address();
        var google =
                new GoogleCloud(
                        name -> "CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN".equals(name) ? address : null,
                        GoogleLogin.NONE);
        try (var workers = CloudRunWorkers.in(google, "my-project", "us-central1")) {
            List<CloudRunWorkers.Worker> found = workers.list();
            assertThat(found)
                    .extracting(CloudRunWorkers.Worker::workerId)
                    .containsExactlyInAnyOrder(steady(1), slow(1));
            assertThat(found).allMatch(w -> w.deploymentId().equals("run-1"));
            assertThat(found).allMatch(w -> w.state().equals("running") && w.since() != null);

            found.forEach(workers::delete);
            found.forEach(workers::delete);

            assertThat(cloud.pools()).isEmpty();
        }
    }

    private void launch(String component, int ordinal) {
        backend.launch(
                LaunchOrder.of(
                        deployment,
                        deployment.component(component).orElseThrow(),
                        "run-1-" + component + "-" + ordinal,
                        ordinal));
    }

    private static String steady(int ordinal) {
        return "run-1-" + ProviderStage.STEADY + "-" + ordinal;
    }

    private static String slow(int ordinal) {
        return "run-1-" + ProviderStage.SLOW + "-" + ordinal;
    }

    /** What is said of a worker. */
    private String message(String workerId) {
        return String.valueOf(seen.get(workerId));
    }

    private void pass(Duration time) {
        for (long steps = time.dividedBy(STEP); steps > 0; steps--) {
            var unused = step();
        }
    }

    /** Half a second passes, and the backend is looked at. */
    private Map<String, WorkerStatus> step() {
        clock.elapse(STEP);
        try {
            seen = new HashMap<>(backend.observe());
        } catch (BackendUnavailableException e) {
            seen = Map.of();
        }
        return seen;
    }
}
