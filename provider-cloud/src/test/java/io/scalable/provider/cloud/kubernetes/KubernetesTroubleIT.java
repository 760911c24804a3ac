package io.scalable.provider.cloud.kubernetes;

import static io.scalable.provider.ProviderStage.BROKEN;
import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static io.scalable.provider.ProviderStage.STUBBORN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.TestClock;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import io.scalable.provider.cloud.kubernetes.FakeApiServer.Refusal;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of workers while the API server misbehaves as scripted. Time moves by hand. */
class KubernetesTroubleIT {

    private static final String NO_RIGHT =
            "pods is forbidden: User \"me\" cannot create resource \"pods\" in API group \"\" in"
                    + " the namespace \"default\"";

    private final TestClock clock = new TestClock();
    private FakeKubernetesStage stage;
    private DeploymentSpec deployment;
    private WorkerBackend backend;

    @BeforeEach
    void begin() {
        stage = new FakeKubernetesStage(clock, KubernetesPacing.defaults());
        deployment =
                stage.deployment("d")
                        .pool(STEADY, 100)
                        .pool(SLOW, 100)
                        .pool(BROKEN, 10)
                        .pool(STUBBORN, 10)
                        .build();
        backend = newBackend();
    }

    @AfterEach
    void end() {
        backend.close();
        stage.close();
    }

    private WorkerBackend newBackend() {
        return stage.provider().buildCluster(deployment).backend();
    }

    private void launch(String component, int ordinal) {
        backend.launch(
                LaunchOrder.of(
                        deployment,
                        deployment.component(component).orElseThrow(),
                        "d-" + component + "-" + ordinal,
                        ordinal));
    }

    private void eventually(ThrowingConsumer<Map<String, WorkerStatus>> check) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreException(BackendUnavailableException.class)
                .untilAsserted(() -> check.accept(backend.observe()));
    }

    private void becomes(String workerId, Class<? extends WorkerStatus> kind) {
        eventually(listing -> assertThat(listing.get(workerId)).isInstanceOf(kind));
    }

    /** While the clock moves. */
    private void becomesInTime(String workerId, Class<? extends WorkerStatus> kind) {
        eventually(
                listing -> {
                    clock.elapse(Duration.ofSeconds(1));
                    assertThat(listing.get(workerId)).isInstanceOf(kind);
                });
    }

    private void launchReady(String component) {
        launch(component, 1);
        eventually(
                listing ->
                        assertThat(listing.get("d-" + component + "-1"))
                                .isInstanceOfSatisfying(
                                        Running.class, r -> assertThat(r.ready()).isTrue()));
    }

    private static Refusal posts(int code, String reason, String message) {
        return new Refusal("POST", "/pods", code, reason, message);
    }

    private String pending(Map<String, WorkerStatus> listing, String workerId) {
        return listing.get(workerId) instanceof Pending(var reason) ? String.valueOf(reason) : "";
    }

    @Test
    void aUsedUpQuotaIsMetSaidAndNotStormed() {
        launchReady(STEADY);
        stage.server.refuse(posts(403, "Forbidden", "exceeded quota: pods, limited: pods=1"));
        for (int ordinal = 1; ordinal <= 20; ordinal++) {
            launch(SLOW, ordinal);
        }
        eventually(
                listing -> {
                    assertThat(pending(listing, "d-slow-1")).contains("exceeded quota");
                    assertThat(pending(listing, "d-slow-20")).contains("exceeded quota");
                });
        long before = stage.server.count("POST", "/pods");
        for (int second = 0; second < 60; second++) {
            clock.elapse(Duration.ofSeconds(1));
            assertThat(backend.observe()).as("all wait").hasSize(21);
        }
        assertThat(stage.server.count("POST", "/pods") - before).isLessThanOrEqualTo(8);

        stage.server.refuseNothing();

        eventually(
                listing -> {
                    clock.elapse(Duration.ofSeconds(1));
                    assertThat(listing.values()).hasSize(21).allMatch(Running.class::isInstance);
                });
        assertThat(stage.server.pods()).hasSize(21);
    }

    @Test
    void aServerThatAsksForPatienceGetsIt() {
        launchReady(STEADY);
        stage.server.refuse(posts(429, "TooManyRequests", "too many requests"));
        launch(SLOW, 1);
        eventually(listing -> assertThat(pending(listing, "d-slow-1")).contains("too many"));

        stage.server.refuseNothing();

        becomesInTime("d-slow-1", Running.class);
    }

    @Test
    void aMissingRightIsSaidWithWhatBringsIt() {
        launchReady(STEADY);
        stage.server.refuse(posts(403, "Forbidden", NO_RIGHT));
        launch(SLOW, 1);

        eventually(
                listing ->
                        assertThat(listing.get("d-slow-1"))
                                .isInstanceOfSatisfying(
                                        Exited.class,
                                        e -> {
                                            assertThat(e.wasReady()).isFalse();
                                            assertThat(e.message())
                                                    .contains("no right to create pods")
                                                    .contains("deploy/kubernetes");
                                        }));
    }

    @Test
    void aPodThatTheServerFindsInvalidIsRefusedWithItsReasons() {
        launchReady(STEADY);
        stage.server.refuse(posts(422, "Invalid", "spec.containers[0].image: Required value"));
        launch(SLOW, 1);

        eventually(
                listing ->
                        assertThat(listing.get("d-slow-1"))
                                .isInstanceOfSatisfying(
                                        Exited.class,
                                        e ->
                                                assertThat(e.message())
                                                        .contains("image: Required value")));
    }

    @Test
    void aServerThatFailsLeavesItUnknownAndMakesNothingTwice() {
        launchReady(STEADY);
        stage.server.refuse(posts(500, "InternalError", "etcdserver: request timed out"));
        launch(SLOW, 1);
        becomes("d-slow-1", Unknown.class);

        stage.server.refuseNothing();

        becomesInTime("d-slow-1", Running.class);
        assertThat(stage.server.pods()).hasSize(2);
    }

    @Test
    void aPodThatIsThereAlreadyIsTheWorkers() {
        launchReady(STEADY);
        stage.kubelet.hold();
        Pod pod =
                KubernetesProvider.pod(
                        LaunchOrder.of(
                                deployment,
                                deployment.component(SLOW).orElseThrow(),
                                "d-slow-1",
                                1));
        launch(SLOW, 1);
        try (var client = stage.server.client()) {
            // Whoever is first, the other finds it there.
            try {
                Pod unused = client.pods().inNamespace("default").resource(pod).create();
            } catch (io.fabric8.kubernetes.client.KubernetesClientException e) {
                assertThat(e.getCode()).isEqualTo(409);
            }
        }

        becomes("d-slow-1", Pending.class);
        assertThat(stage.server.pods()).hasSize(2);
    }

    @Test
    void whileTheWatchIsDownNothingIsConcluded() {
        launchReady(STEADY);
        stage.server.breakWatches();
        stage.server.refuse(new Refusal("GET", "/pods", 503, "ServiceUnavailable", "starting"));
        await().atMost(Duration.ofSeconds(10)).until(() -> stage.server.watches() == 0);
        stage.crash("d-steady-1");
        assertThat(backend.observe().get("d-steady-1")).isInstanceOf(Running.class);

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> {
                            clock.elapse(Duration.ofSeconds(31));
                            assertThatThrownBy(() -> backend.observe())
                                    .isInstanceOf(BackendUnavailableException.class);
                        });

        stage.server.refuseNothing();
        becomes("d-steady-1", Exited.class);
    }

    @Test
    void aWatchThatIsCutWithoutAWordIsReplaced() {
        launchReady(STEADY);
        launchReady(STUBBORN);
        stage.server.mute();
        stage.crash("d-stubborn-1");
        stage.server.remove("scalable-d-steady-1");
        assertThat(backend.observe().values()).allMatch(Running.class::isInstance);

        clock.elapse(Duration.ofMinutes(5));

        becomes("d-steady-1", Exited.class);
        becomes("d-stubborn-1", Exited.class);
    }

    @Test
    void aPodThatWentWhileTheWatchWasDownIsMissedAfterwards() {
        launchReady(STEADY);
        stage.server.refuse(new Refusal("GET", "/pods", 503, "ServiceUnavailable", "starting"));
        stage.server.breakWatches();
        await().atMost(Duration.ofSeconds(10)).until(() -> stage.server.watches() == 0);
        stage.server.remove("scalable-d-steady-1");

        stage.server.refuseNothing();
        stage.server.forgetHistory();

        eventually(
                listing ->
                        assertThat(listing.get("d-steady-1"))
                                .isInstanceOfSatisfying(
                                        Exited.class,
                                        e ->
                                                assertThat(e.cause())
                                                        .isEqualTo(FailureClass.PREEMPTED)));
    }

    @Test
    void anotherHostFindsTheWorkers() {
        launchReady(STEADY);
        backend.close();
        stage.reported.forget("d-steady-1");

        backend = newBackend();
        becomes("d-steady-1", Unknown.class);
        backend.cancel("d-steady-1");
        assertThat(backend.observe()).hasSize(1);
        stage.kubelet.ready(new Ownership("d", "d-steady-1", STEADY, 1));

        becomes("d-steady-1", Running.class);
        clock.elapse(Duration.ofMinutes(1));
        becomes("d-steady-1", Running.class);
        assertThat(stage.server.count("DELETE", "/pods/")).isZero();
    }

    @Test
    void aWorkerThatFailsTellsItsLastLinesAndItsPodIsRemoved() {
        launch(BROKEN, 1);
        eventually(
                listing ->
                        assertThat(listing.get("d-broken-1"))
                                .isInstanceOfSatisfying(
                                        Exited.class,
                                        e -> {
                                            assertThat(e.code()).isEqualTo(1);
                                            assertThat(e.log()).contains("its last words");
                                        }));

        backend.forget("d-broken-1");

        eventually(listing -> assertThat(listing).isEmpty());
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> {
                            assertThat(backend.observe()).isEmpty();
                            assertThat(stage.server.pods()).isEmpty();
                        });
    }

    @Test
    void aPodOnADeadNodeIsTakenAwayAfterAKill() {
        launchReady(STUBBORN);
        stage.kubelet.die();
        backend.terminate("d-stubborn-1");
        eventually(_ -> assertThat(stage.server.count("DELETE", "/pods/")).isEqualTo(1));
        backend.kill("d-stubborn-1");
        eventually(_ -> assertThat(stage.server.count("DELETE", "/pods/")).isEqualTo(2));
        assertThat(backend.observe().get("d-stubborn-1")).isInstanceOf(Running.class);

        // The server counts a request before its answer is taken in, which notes the time.
        becomesInTime("d-stubborn-1", Exited.class);
        assertThat(stage.server.pods()).isEmpty();
    }

    @Test
    void theSecretIsThereBeforeThePodsAndGoesWithTheLast() {
        launchReady(STEADY);
        assertThat(stage.server.secrets())
                .singleElement()
                .satisfies(
                        secret -> {
                            assertThat(secret.getMetadata().getName()).isEqualTo("scalable-d");
                            assertThat(secret.toString()).contains("s3cret");
                        });
        assertThat(stage.server.pods().toString()).doesNotContain("s3cret");
        assertThat(stage.server.requests())
                .as("secrets are never read")
                .noneMatch(line -> line.startsWith("GET") && line.contains("/secrets"));
        int created = firstRequest("POST", "/pods");
        assertThat(firstRequest("POST", "/secrets")).isLessThan(created);

        backend.close();
        assertThat(stage.server.secrets()).as("a worker still needs it").hasSize(1);

        backend = newBackend();
        becomes("d-steady-1", Running.class);
        backend.terminate("d-steady-1");
        becomes("d-steady-1", Exited.class);
        backend.forget("d-steady-1");
        backend.close();
        assertThat(stage.server.secrets()).isEmpty();
        assertThat(stage.server.pods()).isEmpty();
    }

    @Test
    void aSecretOfAnEarlierHostIsMadeWhatItIsToBe() {
        launchReady(STEADY);
        backend.close();
        backend = newBackend();

        launch(SLOW, 1);

        becomes("d-slow-1", Running.class);
        assertThat(stage.server.count("PUT", "/secrets/")).isEqualTo(1);
        assertThat(stage.server.secrets()).hasSize(1);
    }

    @Test
    void whatIsWatchedIsNotAskedFor() {
        for (int ordinal = 1; ordinal <= 20; ordinal++) {
            launch(STEADY, ordinal);
        }
        eventually(
                listing ->
                        assertThat(listing.values())
                                .hasSize(20)
                                .allMatch(s -> s instanceof Running r && r.ready()));
        for (int minute = 0; minute < 60; minute++) {
            clock.elapse(Duration.ofSeconds(20));
            assertThat(backend.observe()).hasSize(20);
        }

        // Twenty minutes: a new watch every five.
        assertThat(stage.provider.calls())
                .containsEntry("create pods", 20L)
                .containsEntry("create secrets", 1L)
                .hasEntrySatisfying("watch pods", n -> assertThat(n).isBetween(2L, 5L))
                .hasSize(3);
    }

    @Test
    void aServerThatIsAwayIsWaitedFor() {
        launchReady(STEADY);
        stage.server.refuse(new Refusal("GET", "/pods", 401, "Unauthorized", "Unauthorized"));
        backend.close();
        backend = newBackend();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThatThrownBy(() -> backend.observe())
                                        .isInstanceOf(BackendUnavailableException.class)
                                        .hasMessageContaining("credentials"));
        stage.server.refuseNothing();

        becomes("d-steady-1", Running.class);
    }

    @Test
    void sweepingFindsAllWorkersAndDeletesThoseThatAreGiven() {
        launchReady(STEADY);
        launchReady(STUBBORN);
        try (var workers = new KubernetesWorkers(stage.server.client())) {
            var found = workers.all("default");
            assertThat(found)
                    .extracting(KubernetesWorkers.WorkersPod::workerId)
                    .containsExactlyInAnyOrder("d-steady-1", "d-stubborn-1");
            assertThat(found)
                    .allSatisfy(
                            pod -> {
                                assertThat(pod.deploymentId()).isEqualTo("d");
                                assertThat(pod.ended()).isFalse();
                                assertThat(pod.state()).contains("node-1");
                            });

            workers.delete(found);
            assertThat(workers.all("default")).isEmpty();
        }
        assertThat(stage.server.secrets()).isEmpty();
        becomes("d-steady-1", Exited.class);
    }

    private int firstRequest(String method, String path) {
        var requests = stage.server.requests();
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).startsWith(method + " ") && requests.get(i).contains(path)) {
                return i;
            }
        }
        return -1;
    }
}
