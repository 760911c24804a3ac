package io.scalable.provider.kafka;

import static io.scalable.provider.Deployments.HOST;
import static io.scalable.provider.Deployments.aDeployment;
import static io.scalable.provider.Deployments.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.provider.FakeProvider;
import io.scalable.provider.InMemoryLaunchLedger;
import io.scalable.provider.ProviderHost;
import io.scalable.provider.ProviderStage;
import io.scalable.provider.RecordingSink;
import io.scalable.provider.TestClock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CatchUpTest {

    private static final TopicPartition ONE = new TopicPartition("t", 0);

    private final RecordingSink sink = new RecordingSink();
    private final CatchUp catchUp = new CatchUp(Map.of(ONE, 7L));

    @Test
    void itIsReachedWhereReadingBegan() {
        assertThat(catchUp.reached(_ -> 6)).isFalse();
        assertThat(catchUp.reached(_ -> 7)).isTrue();
        assertThat(new CatchUp(Map.of()).reached(_ -> 0)).isTrue();
    }

    @Test
    void nothingIsLaunchedForWhatWasTakenBack() {
        catchUp.planChanged(plan("ended", 3, Map.of(ProviderStage.STEADY, 2)));
        catchUp.planChanged(plan("lives", 8, Map.of(ProviderStage.STEADY, 4)));
        catchUp.planEnded("lives");
        catchUp.planChanged(plan("lives", 1, Map.of(ProviderStage.STEADY, 1)));
        catchUp.deploymentChanged(aDeployment("ended").pool(ProviderStage.STEADY, 4).build());
        catchUp.deploymentChanged(aDeployment("lives").pool(ProviderStage.STEADY, 1).build());
        catchUp.deploymentEnded("lives");
        catchUp.deploymentEnded("ended");
        catchUp.deploymentChanged(aDeployment("lives").pool(ProviderStage.STEADY, 4).build());

        var host =
                new ProviderHost(
                        HOST,
                        List.of(new FakeProvider()),
                        new InMemoryLaunchLedger(),
                        sink,
                        new TestClock());
        catchUp.tell(host);

        assertThat(sink.workers(WorkerRequested.class)).containsExactly("lives-steady-1");
    }
}
