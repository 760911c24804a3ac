package io.scalable.provider;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.START;
import static io.scalable.provider.Deployments.plan;
import static io.scalable.provider.ProviderStage.BROKEN;
import static io.scalable.provider.ProviderStage.SLOW;
import static io.scalable.provider.ProviderStage.STEADY;
import static io.scalable.provider.ProviderStage.STUBBORN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.scalable.contracts.Ids;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.provider.backend.BackendUnavailableException;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.reconcile.Timings;
import io.scalable.testkit.ADeployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every provider must do, whatever it starts workers on. Subclass it with a stage. The clock
 * stands still unless a test moves it; workers are real.
 */
public abstract class ProviderContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final TestClock clock = new TestClock();
    private final InMemoryLaunchLedger ledger = new InMemoryLaunchLedger();
    private final RecordingSink sink = new RecordingSink();
    private String id;
    private ProviderStage stage;
    private ProviderHost host;

    protected abstract ProviderStage newStage() throws Exception;

    @BeforeEach
    void raiseTheCurtain() throws Exception {
        id = "contract-" + Ids.random(6);
        stage = newStage();
        host = newHost(ledger);
    }

    @AfterEach
    void endWhatRuns() {
        host.close();
        stage.close();
    }

    @Test
    void launchesWhatThePlanDesires() {
        deploy(stage.deployment(id).pool(STEADY, 4));
        desire(Map.of(STEADY, 2));

        eventually(
                () -> assertThat(readyWorkers()).containsExactlyInAnyOrder(steady(1), steady(2)));
        assertThat(stage.alive(id)).containsExactlyInAnyOrder(steady(1), steady(2));
        assertThat(sink.workers(WorkerStarted.class))
                .containsExactlyInAnyOrder(steady(1), steady(2));
    }

    @Test
    void neverPassesAPoolsMaximum() {
        deploy(stage.deployment(id).pool(STEADY, 2));
        desire(Map.of(STEADY, 5));

        forAWhile(() -> assertThat(stage.alive(id)).hasSizeLessThanOrEqualTo(2));
        assertThat(sink.workers(WorkerRequested.class)).hasSize(2);
    }

    @Test
    void neverPassesTheTargetsMaximumOverAllPools() {
        deploy(stage.deployment(id).pool(STEADY, 2).pool(SLOW, 2).maxWorkers(3));
        desire(Map.of(STEADY, 2, SLOW, 2));

        forAWhile(() -> assertThat(stage.alive(id)).hasSizeLessThanOrEqualTo(3));
        assertThat(sink.workers(WorkerRequested.class)).hasSize(3);
    }

    @Test
    void scalingInEndsNoReadyWorker() {
        deploy(stage.deployment(id).pool(STEADY, 2));
        desire(Map.of(STEADY, 2));
        eventually(() -> assertThat(readyWorkers()).hasSize(2));

        desire(Map.of(STEADY, 0));

        forAWhile(() -> assertThat(stage.alive(id)).hasSize(2));
    }

    @Test
    void scalingInCancelsLaunchesThatAreNotReady() {
        deploy(stage.deployment(id).pool(SLOW, 2));
        desire(Map.of(SLOW, 2));
        eventually(() -> assertThat(sink.workers(WorkerStarted.class)).hasSize(2));

        desire(Map.of(SLOW, 1));

        eventually(() -> assertThat(removals()).containsExactly(RemovalCause.SCALED_IN));
        assertThat(stage.alive(id)).hasSize(1);
    }

    @Test
    void aWorkerThatLeavesIsRemovedAndItsPlaceGivenToAnother() {
        deploy(stage.deployment(id).pool(STEADY, 1).pool(SLOW, 1).maxWorkers(1));
        desire(Map.of(STEADY, 1));
        eventually(() -> assertThat(readyWorkers()).hasSize(1));
        desire(Map.of(SLOW, 1));

        stage.leave(steady(1));

        eventually(() -> assertThat(removals()).containsExactly(RemovalCause.SCALED_IN));
        eventually(() -> assertThat(stage.alive(id)).containsExactly(slow(1)));
    }

    @Test
    void aWorkerThatIsLostIsReportedAndReplaced() {
        deploy(stage.deployment(id).pool(STEADY, 1));
        desire(Map.of(STEADY, 1));
        eventually(() -> assertThat(readyWorkers()).hasSize(1));

        stage.crash(steady(1));

        eventually(() -> assertThat(readyWorkers()).containsExactly(steady(2)));
        assertThat(sink.events(WorkerFailed.class))
                .singleElement()
                .extracting(WorkerFailed::failureClass)
                .isEqualTo(FailureClass.NODE_FAILURE);
    }

    @Test
    void startFailuresAreReportedAndBackOff() {
        deploy(stage.deployment(id).pool(BROKEN, 1));
        desire(Map.of(BROKEN, 1));

        eventually(() -> assertThat(startFailures()).isEqualTo(1));
        forAWhile(() -> assertThat(sink.workers(WorkerRequested.class)).hasSize(1));
        clock.elapse(Timings.defaults().firstWait());
        eventually(() -> assertThat(startFailures()).isEqualTo(2));
    }

    @Test
    void withoutALedgerNothingIsLaunched() {
        host.close();
        host = newHost(new BrokenLedger());
        deploy(stage.deployment(id).pool(STEADY, 1));
        desire(Map.of(STEADY, 1));

        forAWhile(() -> assertThat(stage.alive(id)).isEmpty());
        assertThat(sink.events()).isEmpty();
    }

    @Test
    void aCrashBetweenIntentAndLaunchLeavesNothingDoubled() {
        ledger.write(
                List.of(new Launch(id, STEADY, steady(1), 1, Launch.Step.INTENDED, null, START)));
        host = newHost(ledger);
        deploy(stage.deployment(id).pool(STEADY, 4));
        desire(Map.of(STEADY, 1));
        eventually(() -> assertThat(sink.workers(WorkerFailed.class)).containsExactly(steady(1)));
        clock.elapse(Timings.defaults().firstWait());

        eventually(() -> assertThat(readyWorkers()).containsExactly(steady(2)));
        assertThat(stage.alive(id)).containsExactly(steady(2));
        assertThat(sink.workers(WorkerFailed.class)).containsExactly(steady(1));
    }

    @Test
    void aNewHostAdoptsWhatStillRuns() {
        deploy(stage.deployment(id).pool(STEADY, 2));
        desire(Map.of(STEADY, 2));
        eventually(() -> assertThat(readyWorkers()).hasSize(2));

        host = newHost(ledger);
        deploy(stage.deployment(id).pool(STEADY, 2));
        desire(Map.of(STEADY, 2));

        forAWhile(() -> assertThat(stage.alive(id)).hasSize(2));
        assertThat(sink.workers(WorkerRequested.class)).hasSize(2);
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
    }

    @Test
    void aWorkerThatNobodyTracksIsEndedAndTheLoopGoesOn() {
        deploy(stage.deployment(id).pool(STEADY, 1).pool(SLOW, 1));
        desire(Map.of(STEADY, 1));
        eventually(() -> assertThat(readyWorkers()).hasSize(1));

        host = newHost(new InMemoryLaunchLedger());
        deploy(stage.deployment(id).pool(STEADY, 1).pool(SLOW, 1));
        desire(Map.of(SLOW, 1));

        eventually(() -> assertThat(stage.alive(id)).containsExactly(slow(1)));
        assertThat(sink.events(WorkerFailed.class)).isEmpty();
    }

    @Test
    void theDeploymentsEndLeavesNothingRunningAndNothingOnTheLedger() {
        deploy(stage.deployment(id).pool(STEADY, 1).pool(SLOW, 1));
        desire(Map.of(STEADY, 1, SLOW, 1));
        eventually(() -> assertThat(readyWorkers()).hasSize(1));

        host.deploymentEnded(id);

        eventually(() -> assertThat(host.idle()).isTrue());
        assertThat(stage.alive(id)).isEmpty();
        assertThat(removals())
                .containsExactly(RemovalCause.DEPLOYMENT_ENDED, RemovalCause.DEPLOYMENT_ENDED);
        assertThat(ledger.read()).isEmpty();
    }

    @Test
    void aWorkerThatIgnoresTheEndIsKilledAfterTheGrace() {
        deploy(stage.deployment(id).pool(STUBBORN, 1));
        desire(Map.of(STUBBORN, 1));
        eventually(() -> assertThat(readyWorkers()).hasSize(1));

        host.deploymentEnded(id);

        forAWhile(() -> assertThat(stage.alive(id)).hasSize(1));
        clock.elapse(Timings.defaults().grace());
        eventually(() -> assertThat(stage.alive(id)).isEmpty());
        eventually(() -> assertThat(removals()).containsExactly(RemovalCause.DEPLOYMENT_ENDED));
    }

    private ProviderHost newHost(LaunchLedger launches) {
        return new ProviderHost(HOST, List.of(stage.provider()), launches, sink, clock);
    }

    private void deploy(ADeployment deployment) {
        host.deploymentChanged(deployment.build());
    }

    private long generation;

    private void desire(Map<String, Integer> desired) {
        host.planChanged(plan(id, ++generation, desired));
    }

    private String steady(int ordinal) {
        return Ids.workerId(id, STEADY, ordinal);
    }

    private String slow(int ordinal) {
        return Ids.workerId(id, SLOW, ordinal);
    }

    private List<String> readyWorkers() {
        return listing().entrySet().stream()
                .filter(e -> e.getValue() instanceof Running running && running.ready())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the backend lists; nothing while it cannot say. */
    private Map<String, WorkerStatus> listing() {
        var cluster = stage.provider().buildCluster(stage.deployment(id).build());
        try {
            return cluster.backend().observe();
        } catch (BackendUnavailableException e) {
            return Map.of();
        }
    }

    private List<RemovalCause> removals() {
        return sink.events(WorkerRemoved.class).stream().map(WorkerRemoved::cause).toList();
    }

    private long startFailures() {
        return sink.events(WorkerFailed.class).stream()
                .filter(failed -> failed.failureClass() == FailureClass.START_FAILURE)
                .count();
    }

    private void eventually(ThrowingRunnable check) {
        ticking().untilAsserted(check);
    }

    private void forAWhile(ThrowingRunnable check) {
        ticking().during(A_WHILE).untilAsserted(check);
    }

    private ConditionFactory ticking() {
        return await().atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .conditionEvaluationListener(_ -> tick());
    }

    /** As the loop does: what the ledger keeps from being done is tried at the next tick. */
    private void tick() {
        try {
            host.tick();
        } catch (LedgerUnavailableException e) {
            assertThat(sink.events()).isEmpty();
        }
    }
}
