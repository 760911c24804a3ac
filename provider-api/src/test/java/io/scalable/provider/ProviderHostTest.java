package io.scalable.provider;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.aDeployment;
import static io.scalable.provider.Deployments.plan;
import static io.scalable.provider.ProviderStage.STEADY;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.provider.backend.WorkerStatus.Running;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderHostTest {

    private final FakeProvider provider = new FakeProvider();
    private final InMemoryLaunchLedger ledger = new InMemoryLaunchLedger();
    private final RecordingSink sink = new RecordingSink();
    private final ProviderHost host =
            new ProviderHost(HOST, List.of(provider), ledger, sink, new TestClock());

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
}
