package io.scalable.planning;

import static io.scalable.testkit.ADeployment.START;
import static io.scalable.testkit.ADeployment.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.worker.WorkerBills;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRemoved;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deployments that live for months: what the planner keeps of them does not grow. */
class LongLifeTest {

    /** A year, in which a worker ends and another starts every 53 minutes. */
    @Test
    void tenThousandWorkersAndAYearOfDemandLeaveOneBillAndABoundedMemory() {
        int workers = 10_000;
        Duration each = Duration.ofDays(365).dividedBy(workers);
        DeploymentSpec spec = aDeployment().pool("a", 0, 4).build();
        var bills = new WorkerBills();
        var planner = new DeploymentPlanner(spec, bills);
        var unused = planner.begin(START);

        for (int i = 0; i < workers; i++) {
            Instant now = START.plus(each.multipliedBy(i));
            planner.heard(new WorkerStarted(spec.deploymentId(), "a", "w" + i, "node", now));
            var unusedToo = planner.observe(busy(i, now).line(), now);
            Instant end = now.plus(each.dividedBy(2));
            planner.heard(
                    new WorkerRemoved(
                            spec.deploymentId(), "a", "w" + i, RemovalCause.SCALED_IN, end));
        }

        assertThat(bills.all()).hasSizeLessThanOrEqualTo(1);
        DurationsLearned learned = planner.knowledge(START);
        assertThat(learned.taskSeconds()).hasSize(1);
        assertThat(learned.taskSeconds().get("a")).hasSizeLessThanOrEqualTo(40);
        assertThat(learned.poolSeconds().get("a")).hasSizeLessThanOrEqualTo(40);
        assertThat(learned.startSeconds()).hasSizeLessThanOrEqualTo(40);
    }

    /** One task runs, another has ended since the line before, and its worker has just started. */
    private static Demand busy(int done, Instant now) {
        double at = Duration.between(START, now).toMillis() / 1000.0;
        List<Double> took = List.of(100.0 + done % 7);
        return Demand.after(at).pool("a", 0, 1, 1, 0, 0, done, took, List.of(30.0 + done % 5));
    }
}
