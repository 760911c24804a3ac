package io.scalable.client.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCostTest {

    private static final Pricing PRICES =
            new Pricing("USD", "2026-01-31", Map.of("forecast", 1.0), 60, 0, null, null);

    private static final List<WorkerLifecycle> EVENTS =
            List.of(
                    new WorkerRequested(Samples.RUN, "forecast", "w1", 1, at(0)),
                    new WorkerStarted(Samples.RUN, "forecast", "w1", "node", at(0)),
                    new WorkerRequested(Samples.RUN, "forecast", "w2", 1, at(0)),
                    new WorkerStarted(Samples.RUN, "forecast", "w2", "node", at(1800)),
                    new WorkerRemoved(
                            Samples.RUN, "forecast", "w1", RemovalCause.SCALED_IN, at(3600)));

    @Test
    void aRunCostsWhatItsWorkersAreBilledByItsOwnPrices() {
        DeploymentSpec spec = Samples.deployment().withPricing(PRICES);
        var plan = new ScalePlan(Samples.RUN, 1, List.of(), 1, 9.0, 1.25, "USD", at(0));

        RunCost cost = RunCost.of(spec, EVENTS, List.of(plan), at(3600));

        assertThat(cost.amount()).isCloseTo(1.5, within(1e-9));
        assertThat(cost.estimated()).isEqualTo(1.25);
        assertThat(cost.pools().get("forecast").workerHours()).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void withoutPricesThereIsNoCost() {
        assertThat(RunCost.of(Samples.deployment(), EVENTS, List.of(), at(1))).isNull();
        assertThat(RunCost.of(null, EVENTS, List.of(), at(1))).isNull();
    }

    private static Instant at(long seconds) {
        return Samples.START.plusSeconds(seconds);
    }
}
