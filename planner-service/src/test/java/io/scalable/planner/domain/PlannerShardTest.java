package io.scalable.planner.domain;

import static io.scalable.planner.Given.EARLIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.planner.Given;
import io.scalable.planner.domain.PlannerInput.DemandSeen;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import io.scalable.planner.domain.PlannerInput.ScaleAsked;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerInput.WorkerHeard;
import io.scalable.planner.domain.PlannerOutput.ForgetPlan;
import io.scalable.planner.domain.PlannerOutput.PublishPlan;
import io.scalable.planner.domain.PlannerOutput.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerShardTest {

    private final PlannerShard shard = new PlannerShard();
    private final List<PlannerOutput> written = new ArrayList<>();
    private Instant now = EARLIER;

    @Test
    void aNewDeploymentGetsItsFirstPlan() {
        goLive();
        published();
        assertThat(generations()).containsExactly(1L);
    }

    @Test
    void aPlanThatTheUserStartedIsGenerationOne() {
        goLive();
        tell(new SpecPublished(Given.aDeployment("run").withInitialPlan(Given.aPlan("run", 1, 3))));
        assertThat(lastDesired()).isEqualTo(3);
        assertThat(generations()).containsExactly(1L);
    }

    @Test
    void nothingIsDecidedBeforeAllThatWasPublishedHasBeenRead() {
        published();
        demand(9);
        assertThat(written).isEmpty();
        goLive();
        assertThat(generations()).containsExactly(1L, 2L);
    }

    @Test
    void aRestartGoesOnFromTheNewestPlan() {
        published();
        tell(new PlanSeen(Given.aPlan("run", 5, 1)));
        tell(new PlanSeen(Given.aPlan("run", 6, 2)));
        goLive();
        assertThat(written).isEmpty();
        demand(9);
        assertThat(generations()).containsExactly(7L);
    }

    @Test
    void aRequestNotNewerThanTheNewestPlanIsNotFollowedAgain() {
        tell(new ScaleAsked(Given.aRequest("run", 3, EARLIER)));
        tell(new PlanSeen(Given.aPlan("run", 6, 2)));
        published();
        goLive();
        assertThat(written).isEmpty();
    }

    @Test
    void aRequestThatNobodyHasSeenYetIsFollowedAfterARestart() {
        tell(new ScaleAsked(Given.aRequest("run", 3, EARLIER.plusSeconds(1))));
        tell(new PlanSeen(Given.aPlan("run", 6, 2)));
        published();
        goLive();
        assertThat(lastDesired()).isEqualTo(3);
    }

    @Test
    void aRequestFromAClockThatIsAheadIsFollowedOnce() {
        goLive();
        published();
        tell(new ScaleAsked(Given.aRequest("run", 3, now.plusSeconds(60))));
        var plan = ((PublishPlan) written.getLast()).plan();
        assertThat(plan.at()).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void aRestartedPlannerKnowsWhatWasSpent() {
        tell(new SpecPublished(priced(1.0)));
        tell(new PlanSeen(Given.aPlan("run", 5, 1)));
        tell(heard(new WorkerRequested("run", "fit", "w1", 5, EARLIER)));
        tell(heard(new WorkerStarted("run", "fit", "w1", "node", EARLIER)));
        now = EARLIER.plusSeconds(3600);
        goLive();
        demand(9);

        var pool = ((PublishPlan) written.getLast()).plan().pools().getFirst();
        assertThat(pool.desired()).isZero();
        assertThat(pool.bindingConstraint()).isEqualTo("budget");
    }

    @Test
    void workersHeardOfBeforeTheirDeploymentCount() {
        goLive();
        tell(heard(new WorkerRequested("run", "fit", "w1", 5, EARLIER)));
        tell(heard(new WorkerStarted("run", "fit", "w1", "node", EARLIER)));
        now = EARLIER.plusSeconds(3600);
        tell(new SpecPublished(priced(1.0)));

        assertThat(lastDesired()).isZero();
    }

    private static WorkerHeard heard(WorkerLifecycle event) {
        return new WorkerHeard(event);
    }

    /** A worker costs 1 an hour. */
    private static DeploymentSpec priced(double budget) {
        var spec = Given.aDeployment("run");
        var perHour = new HashMap<String, Double>();
        spec.components().forEach(c -> perHour.put(c.name(), 1.0));
        return spec.withPricing(new Pricing("USD", "2026-01-31", perHour, 0, 0, null, budget));
    }

    @Test
    void aRequestForAnUnknownComponentIsRefusedWithTheReason() {
        goLive();
        published();
        var request = Given.aRequest("run", 3, now);
        tell(new ScaleAsked(new ScaleRequested("run", "fot", request.mode(), 3, "typing", now)));
        assertThat(written.getLast())
                .isEqualTo(
                        new Refused("run", "deployment run has no component 'fot'; it has [fit]"));
    }

    @Test
    void demandThatComesBeforeItsDeploymentWaitsForIt() {
        goLive();
        demand(9);
        published();
        assertThat(generations()).containsExactly(1L, 2L);
    }

    @Test
    void theEndOfADeploymentTakesItsPlanAlong() {
        goLive();
        published();
        tell(new DeploymentEnded("run"));
        assertThat(written.getLast()).isEqualTo(new ForgetPlan("run"));
        int before = written.size();
        demand(9);
        tell(new DeploymentEnded("run"));
        assertThat(written).hasSize(before);
    }

    @Test
    void aPlanWithoutADeploymentIsForgottenAtTheStart() {
        tell(new PlanSeen(Given.aPlan("gone", 4, 2)));
        goLive();
        assertThat(written).containsExactly(new ForgetPlan("gone"));
    }

    @Test
    void demandFromBeforeTheStartIsOnlyLearnedFrom() {
        published();
        tell(new PlanSeen(Given.aPlan("run", 6, 2)));
        demand(9);
        now = EARLIER.plusSeconds(60);
        goLive();
        tell(new DemandSeen(Given.demand("run", EARLIER.plusSeconds(1), 9, 2, 2)));
        assertThat(written).isEmpty();
    }

    @Test
    void staleDemandNeverScalesIn() {
        goLive();
        published();
        now = EARLIER.plusSeconds(60);
        tell(new DemandSeen(Given.demand("run", now.minusSeconds(16), 0, 2, 0)));
        now = EARLIER.plusSeconds(600);
        tell(new DemandSeen(Given.demand("run", now.minusSeconds(16), 0, 2, 0)));
        assertThat(generations()).containsExactly(1L);
    }

    private void published() {
        tell(new SpecPublished(Given.aDeployment("run")));
    }

    private void demand(int ready) {
        tell(new DemandSeen(Given.demand("run", now, ready, 2, 2)));
    }

    private void tell(PlannerInput input) {
        written.addAll(shard.accept(input, now));
    }

    private void goLive() {
        written.addAll(shard.goLive(now));
    }

    private List<Long> generations() {
        return written.stream().map(o -> ((PublishPlan) o).plan().generation()).toList();
    }

    private int lastDesired() {
        return ((PublishPlan) written.getLast()).plan().desired("fit");
    }
}
