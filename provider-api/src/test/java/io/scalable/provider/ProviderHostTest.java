package io.scalable.provider;

import static io.scalable.contracts.task.FailureClass.START_FAILURE;
import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.aDeployment;
import static io.scalable.provider.Deployments.plan;
import static io.scalable.provider.ProviderStage.STEADY;
import static io.scalable.provider.ProviderStage.STUBBORN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.DeploymentReleased;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.reconcile.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProviderHostTest {

    private final FakeProvider provider = new FakeProvider();
    private final InMemoryLaunchLedger ledger = new InMemoryLaunchLedger();
    private final RecordingSink sink = new RecordingSink();
    private final TestClock clock = new TestClock();
    private final List<ServiceEvent> events = new ArrayList<>();
    private final Set<String> lives = new HashSet<>();
    private final ProviderHost host = newHost();

    private ProviderHost newHost() {
        return new ProviderHost(
                HOST,
                List.of(provider),
                ledger,
                sink,
                events::add,
                lives::contains,
                clock,
                Timings.defaults());
    }

    @Test
    void aWorkerThatIsHeardIsNotWrittenOffByAListingThatLacksIt() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 4).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        host.tick();
        lives.add("d-steady-1");

        provider.backend("d").forget("d-steady-1");
        host.tick();
        assertThat(sink.workers(WorkerFailed.class)).isEmpty();

        lives.clear();
        host.tick();
        assertThat(sink.workers(WorkerFailed.class)).containsExactly("d-steady-1");
    }

    @Test
    void aPlatformThatLetsNobodyInRefusesTheLaunchesWithItsReason() {
        provider.backend("d").refuses("no credentials for the cloud: log in");
        host.deploymentChanged(aDeployment("d").pool(STEADY, 4).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        host.tick();

        assertThat(sink.events(WorkerFailed.class))
                .singleElement()
                .satisfies(
                        failed -> {
                            assertThat(failed.failureClass()).isEqualTo(START_FAILURE);
                            assertThat(failed.message()).contains("no credentials for the cloud");
                        });
        assertThat(provider.backend("d").alive()).isEmpty();
    }

    @Test
    void aPlatformThatMayAnswerLaterIsWaitedFor() {
        provider.backend("d").unavailable(true);
        host.deploymentChanged(aDeployment("d").pool(STEADY, 4).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        host.tick();
        assertThat(sink.events()).isEmpty();

        provider.backend("d").unavailable(false);
        host.tick();
        assertThat(provider.backend("d").alive()).containsExactly("d-steady-1");
    }

    @Test
    void workersThatAreThereAreKeptWhileThePlatformLetsNobodyIn() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 4).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        host.tick();
        provider.backend("d").refuses("the credentials have expired");
        host.planChanged(plan("d", 2, Map.of(STEADY, 2)));
        host.tick();

        assertThat(sink.workers(WorkerFailed.class)).isEmpty();
    }

    @Test
    void aPlanMayComeBeforeItsDeployment() {
        host.planChanged(plan("d", 2, Map.of(STEADY, 2)));
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        host.deploymentChanged(aDeployment("d").pool(STEADY, 4).build());

        assertThat(provider.backend("d").alive()).hasSize(2);
    }

    @Test
    void anOlderGenerationChangesNothing() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 4).build());
        host.planChanged(plan("d", 2, Map.of(STEADY, 1)));
        host.planChanged(plan("d", 1, Map.of(STEADY, 3)));

        assertThat(provider.backend("d").alive()).hasSize(1);
    }

    @Test
    void deploymentsOfOtherHostsAreLeftAlone() {
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        host.deploymentChanged(aDeployment("d").hostedBy("other").pool(STEADY, 4).build());
        host.tick();

        assertThat(provider.backend("d").alive()).isEmpty();
        assertThat(host.idle()).isTrue();
    }

    @Test
    void aChangedDeploymentKeepsItsWorkersAndItsPlan() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 1).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 3)));

        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());

        assertThat(provider.backend("d").alive()).containsExactly("d-steady-1", "d-steady-2");
    }

    @Test
    void aDeploymentWithoutAProviderHereSaysSoThroughItsWorkers() {
        host.deploymentChanged(aDeployment("d").provider("slurm").pool(STEADY, 1).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));

        assertThat(sink.events(WorkerFailed.class))
                .singleElement()
                .extracting(WorkerFailed::message)
                .isEqualTo("host 'this-host' has no provider 'slurm'; it has [fake]");
    }

    @Test
    void aBackendThatCannotBeAskedChangesNothing() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        provider.backend("d").unavailable(true);

        host.planChanged(plan("d", 2, Map.of(STEADY, 2)));
        host.tick();

        assertThat(sink.workers(WorkerRequested.class)).containsExactly("d-steady-1");
        assertThat(sink.workers(WorkerFailed.class)).isEmpty();
    }

    @Test
    void aWorkerThatNobodyTracksIsEnded() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        provider.backend("d").set("d-steady-9", new Running("late", false));

        host.tick();
        host.tick();

        assertThat(provider.backend("d").observe()).isEmpty();
    }

    @Test
    void theNewestGoneWorkerStaysOnTheLedgerUntilThereIsANewerOne() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 2)));
        provider.backend("d").end("d-steady-1", 0);
        provider.backend("d").end("d-steady-2", 0);
        host.planChanged(plan("d", 2, Map.of(STEADY, 0)));
        assertThat(ledger.read())
                .extracting(Launch::workerId, Launch::step)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("d-steady-2", Launch.Step.GONE));

        host.planChanged(plan("d", 3, Map.of(STEADY, 1)));

        assertThat(ledger.read()).extracting(Launch::workerId).containsExactly("d-steady-3");
    }

    @Test
    void aWorkerStaysOnTheLedgerUntilItsEndIsHeard() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 2)));
        provider.backend("d").end("d-steady-1", 1);
        sink.silent(true);

        assertThatThrownBy(host::tick).isInstanceOf(LedgerUnavailableException.class);
        assertThat(ledger.read()).extracting(Launch::workerId).contains("d-steady-1");

        sink.silent(false);
        host.tick();
        assertThat(ledger.read()).extracting(Launch::workerId).doesNotContain("d-steady-1");
        assertThat(sink.workers(WorkerFailed.class)).contains("d-steady-1");
    }

    @Test
    void aDeploymentThatItsProviderFailsOnIsSetAsideAndTheOthersGoOn() {
        provider.breakOn("bad", true);
        host.deploymentChanged(aDeployment("bad").pool(STEADY, 2).build());
        host.planChanged(plan("bad", 1, Map.of(STEADY, 1)));
        host.deploymentChanged(aDeployment("good").pool(STEADY, 2).build());
        host.planChanged(plan("good", 1, Map.of(STEADY, 1)));
        host.tick();

        assertThat(provider.backend("good").alive()).hasSize(1);
        assertThat(events)
                .singleElement()
                .isEqualTo(
                        new DeploymentSetAside(
                                "bad", HOST, "For input string: \"4 cores\"", clock.instant()));
    }

    @Test
    void aNewerRecordReleasesADeploymentWithThePlanThatCameMeanwhile() {
        provider.breakOn("d", true);
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        provider.breakOn("d", false);

        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());

        assertThat(events.getLast()).isInstanceOf(DeploymentReleased.class);
        assertThat(provider.backend("d").alive()).hasSize(1);
    }

    @Test
    void aChangeThatItsProviderFailsOnKeepsTheWorkersAndTheirEnd() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 2)));
        provider.breakOn("d", true);
        host.deploymentChanged(aDeployment("d").pool(STEADY, 1).build());
        host.tick();
        assertThat(provider.backend("d").alive()).hasSize(2);
        assertThat(events).hasSize(1);

        host.deploymentEnded("d");
        host.tick();

        assertThat(provider.backend("d").alive()).isEmpty();
        assertThat(host.idle()).isTrue();
        assertThat(events.getLast()).isInstanceOf(DeploymentReleased.class);
    }

    @Test
    void aBackendThatFailsAgainAndAgainSetsItsDeploymentAsideOnce() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        provider.backend("d").broken(true);

        for (int second = 0; second < 60; second++) {
            clock.elapse(Duration.ofSeconds(1));
            host.tick();
        }

        assertThat(events)
                .singleElement()
                .satisfies(
                        event ->
                                assertThat(((DeploymentSetAside) event).reason())
                                        .isEqualTo("the listing is no table"));
        assertThat(sink.workers(WorkerFailed.class)).isEmpty();
    }

    @Test
    void aBackendThatFailsForAMomentIsAskedAfterAWhile() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        provider.backend("d").broken(true);
        host.tick();
        provider.backend("d").broken(false);
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        assertThat(provider.backend("d").alive()).isEmpty();

        clock.elapse(Duration.ofSeconds(2));
        host.tick();

        assertThat(provider.backend("d").alive()).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    void workersOfADeploymentThatEndsAreEndedHoweverOftenItsBackendFails() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        provider.backend("d").broken(true);
        host.deploymentEnded("d");
        for (int minute = 0; minute < 20; minute++) {
            clock.elapse(Duration.ofMinutes(1));
            host.tick();
        }
        provider.backend("d").broken(false);

        clock.elapse(Duration.ofMinutes(1));
        host.tick();
        host.tick();

        assertThat(provider.backend("d").alive()).isEmpty();
        assertThat(host.idle()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void workersOfBeforeARestartEndAlthoughTheirDeploymentCouldNotBeBuilt() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 1)));
        provider.breakOn("d", true);
        ProviderHost next = newHost();
        next.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        provider.breakOn("d", false);

        next.deploymentEnded("d");
        next.tick();

        assertThat(provider.backend("d").alive()).isEmpty();
        assertThat(ledger.read()).isEmpty();
    }

    @Test
    void aStrayIsAskedToEndOnceAndHoldsItsDeploymentsEnd() {
        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        provider.backend("d").stubborn("d-steady-9");
        provider.backend("d").set("d-steady-9", new Running("late", false));
        for (int pass = 0; pass < 10; pass++) {
            host.tick();
        }
        assertThat(provider.backend("d").terminations()).isEqualTo(1);

        host.deploymentEnded("d");
        host.tick();
        assertThat(host.idle()).isFalse();

        provider.backend("d").end("d-steady-9", 0);
        host.tick();
        assertThat(host.idle()).isTrue();
    }

    @Test
    void aDeploymentThatIsPublishedWhileItsOldWorkersEndBeginsAnew() {
        host.deploymentChanged(aDeployment("d").pool(STUBBORN, 2).build());
        host.planChanged(plan("d", 7, Map.of(STUBBORN, 1)));
        host.deploymentEnded("d");
        host.planEnded("d");
        assertThat(host.idle()).isFalse();

        host.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        host.planChanged(plan("d", 1, Map.of(STEADY, 2)));

        assertThat(provider.backend("d").alive()).contains("d-steady-1", "d-steady-2");
    }

    @Test
    void aLedgerThatCannotBeWrittenIsNoDeploymentsFault() {
        var blocked =
                new ProviderHost(
                        HOST,
                        List.of(provider),
                        new BrokenLedger(),
                        sink,
                        events::add,
                        _ -> false,
                        clock,
                        Timings.defaults());
        blocked.deploymentChanged(aDeployment("d").pool(STEADY, 2).build());
        blocked.planChanged(plan("d", 1, Map.of(STEADY, 1)));

        assertThatThrownBy(blocked::tick).isInstanceOf(LedgerUnavailableException.class);
        assertThat(events).isEmpty();
        assertThat(provider.backend("d").alive()).isEmpty();
    }
}
