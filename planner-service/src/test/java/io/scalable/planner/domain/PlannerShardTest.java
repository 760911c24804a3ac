package io.scalable.planner.domain;

import static io.scalable.planner.Given.EARLIER;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.DurationsLearned;
import io.scalable.contracts.scaling.ScaleRequested;
import io.scalable.contracts.service.ServiceEvent;
import io.scalable.contracts.service.ServiceEvent.DeploymentReleased;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerRequested;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerStarted;
import io.scalable.planner.Given;
import io.scalable.planner.domain.PlannerInput.DemandSeen;
import io.scalable.planner.domain.PlannerInput.DeploymentEnded;
import io.scalable.planner.domain.PlannerInput.DurationsSeen;
import io.scalable.planner.domain.PlannerInput.PlanSeen;
import io.scalable.planner.domain.PlannerInput.ScaleAsked;
import io.scalable.planner.domain.PlannerInput.SpecPublished;
import io.scalable.planner.domain.PlannerInput.WorkerHeard;
import io.scalable.planner.domain.PlannerOutput.Announce;
import io.scalable.planner.domain.PlannerOutput.Forget;
import io.scalable.planner.domain.PlannerOutput.PublishPlan;
import io.scalable.planner.domain.PlannerOutput.Refused;
import io.scalable.planner.domain.PlannerOutput.Remember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlannerShardTest {

    private final PlannerShard shard = new PlannerShard();
    private final List<PlannerOutput> written = new ArrayList<>();
    private final List<ServiceEvent> announced = new ArrayList<>();
    private final List<DurationsLearned> remembered = new ArrayList<>();
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
                        new Refused(
                                "run", "deployment 'run' has no component 'fot'; it has [fit]"));
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
        assertThat(written.getLast()).isEqualTo(new Forget("run"));
        int before = written.size();
        demand(9);
        tell(new DeploymentEnded("run"));
        assertThat(written).hasSize(before);
    }

    @Test
    void aPlanWithoutADeploymentIsForgottenAtTheStart() {
        tell(new PlanSeen(Given.aPlan("gone", 4, 2)));
        goLive();
        assertThat(written).containsExactly(new Forget("gone"));
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

    @Test
    void aDeploymentThatCannotBePlannedIsSetAsideAndTheOthersGoOn() {
        goLive();
        published();
        tell(new SpecPublished(Given.aDeployment("other")));
        tell(impossible("run"));

        assertThat(announced.getLast())
                .isInstanceOfSatisfying(
                        DeploymentSetAside.class,
                        e -> {
                            assertThat(e.deploymentId()).isEqualTo("run");
                            assertThat(e.service()).isEqualTo("planner");
                        });
        written.clear();
        demand(9);
        assertThat(written).as("it is left alone").isEmpty();
        tell(new DemandSeen(Given.demand("other", now, 9, 2, 2)));
        assertThat(written).hasSize(1);
    }

    @Test
    void aDeploymentThatWasSetAsideIsPlannedAgainOnceItIsPublishedAgain() {
        goLive();
        published();
        tell(impossible("run"));
        written.clear();

        published();

        assertThat(announced.getLast()).isEqualTo(new DeploymentReleased("run", "planner", now));
        demand(9);
        assertThat(generations()).as("it goes on after the first plan").containsExactly(2L);
    }

    @Test
    void theEndReleasesADeploymentThatWasSetAside() {
        goLive();
        published();
        tell(impossible("run"));

        tell(new DeploymentEnded("run"));

        assertThat(announced.getLast()).isInstanceOf(DeploymentReleased.class);
        assertThat(written.getLast()).isEqualTo(new Forget("run"));
    }

    @Test
    void aStartSaysThatWhatAnEarlierPlannerSetAsideIsPlannedAgain() {
        published();
        goLive();
        assertThat(announced).containsExactly(new DeploymentReleased("run", "planner", now));
    }

    @Test
    void durationsSurviveARestart() {
        goLive();
        published();
        for (int i = 1; i <= 60; i++) {
            now = now.plusSeconds(1);
            tell(new DemandSeen(Given.completed("run", now, i, 0.2)));
        }
        assertThat(remembered).as("not with every line").hasSizeBetween(8, 20);

        var next = new PlannerShard();
        next.accept(new SpecPublished(Given.aDeployment("run")), now);
        next.accept(new PlanSeen(((PublishPlan) written.getLast()).plan()), now);
        next.accept(new DurationsSeen(remembered.getLast()), now);
        next.goLive(now);
        var out = next.accept(new DemandSeen(Given.demand("run", now, 260, 0, 0)), now);

        Double seconds =
                out.stream()
                        .filter(PublishPlan.class::isInstance)
                        .map(o -> ((PublishPlan) o).plan().predictedCompletionSeconds())
                        .findFirst()
                        .orElseThrow();
        assertThat(seconds).as("260 tasks of 0.2 s on four workers, not of 30 s").isLessThan(60);
    }

    @Test
    void theEndTakesWhatWasLearnedAlong() {
        tell(
                new DurationsSeen(
                        new DurationsLearned(
                                "gone", 1, Map.of(), Map.of(), List.of(), List.of(), now)));
        goLive();
        assertThat(written).containsExactly(new Forget("gone"));
    }

    /** Counted at a time that nothing can be added to. */
    private static DemandSeen impossible(String id) {
        return new DemandSeen(Given.demand(id, Instant.MAX, 9, 2, 2));
    }

    private void published() {
        tell(new SpecPublished(Given.aDeployment("run")));
    }

    private void demand(int ready) {
        tell(new DemandSeen(Given.demand("run", now, ready, 2, 2)));
    }

    private void tell(PlannerInput input) {
        sort(shard.accept(input, now));
    }

    private void sort(List<PlannerOutput> outputs) {
        for (PlannerOutput output : outputs) {
            switch (output) {
                case Announce(var event) -> announced.add(event);
                case Remember(var durations) -> remembered.add(durations);
                default -> written.add(output);
            }
        }
    }

    private void goLive() {
        sort(shard.goLive(now));
    }

    private List<Long> generations() {
        return written.stream().map(o -> ((PublishPlan) o).plan().generation()).toList();
    }

    private int lastDesired() {
        return ((PublishPlan) written.getLast()).plan().desired("fit");
    }
}
