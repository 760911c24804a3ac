package io.scalable.provider.platform;

import static io.scalable.provider.Deployments.aDeployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.task.FailureClass;
import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.platform.Platform.Ending;
import io.scalable.provider.platform.Sighting.State;
import io.scalable.provider.platform.WorkerEntry.Ended;
import io.scalable.provider.platform.WorkerEntry.Known;
import io.scalable.provider.platform.WorkerEntry.Ordered;
import io.scalable.provider.platform.WorkerEntry.Unsure;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One worker's life at a platform, step by step. */
class WorkerTableTest {

    private final DeploymentSpec deployment = aDeployment("d").pool("m", 9).pool("n", 9).build();
    private final WorkerTable table = new WorkerTable("d", PlatformTraits.batch());
    private final Set<String> alive = new HashSet<>();
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void workersOfOnePoolInARowAreOneLaunch() {
        order("m", 1, 2, 3, 5);
        order("n", 1);

        assertThat(nextOrdinals(100)).containsExactly(1, 2, 3);
        assertThat(nextOrdinals(100)).containsExactly(5);
        assertThat(table.nextBatch(100, alive::contains))
                .extracting(LaunchOrder::workerId)
                .containsExactly("d-n-1");
    }

    @Test
    void aPoolThatHasToWaitDoesNotHoldUpTheOthers() {
        order("m", 1);
        order("n", 1);
        launch("d-m-1", new Launched.Later("a limit", null));

        assertThat(table.nextBatch(100, alive::contains))
                .extracting(LaunchOrder::workerId)
                .containsExactly("d-n-1");
        assertThat(entry("d-m-1")).isInstanceOf(Ordered.class);
    }

    @Test
    void aListingThatBeganBeforeTheLaunchSaysNothingOfIt() {
        start("d-m-1", "j1");
        Set<String> missing = listed(now.minusSeconds(1));

        assertThat(missing).isEmpty();
    }

    @Test
    void whatListingsLackForLongIsSearchedForAndThenGone() {
        start("d-m-1", "j1");
        now = now.plusSeconds(31);
        assertThat(listed(now)).containsExactly("j1");
        table.found(Set.of("j1"), new Listing(now, List.of()), alive::contains, now);
        assertThat(entry("d-m-1")).isInstanceOf(Known.class);

        now = now.plusSeconds(120);
        assertThat(listed(now)).containsExactly("j1");
        table.found(Set.of("j1"), new Listing(now, List.of()), alive::contains, now);

        assertThat(entry("d-m-1"))
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended -> assertThat(ended.cause()).isEqualTo(FailureClass.NODE_FAILURE));
    }

    @Test
    void aWorkerThatIsHeardIsNotGoneHoweverLongItIsNotListed() {
        start("d-m-1", "j1");
        alive.add("d-m-1");
        for (int minute = 0; minute < 60; minute++) {
            now = now.plusSeconds(60);
            assertThat(listed(now)).isEmpty();
        }

        assertThat(entry("d-m-1")).isInstanceOf(Known.class);
    }

    @Test
    void whatASearchFindsCounts() {
        start("d-m-1", "j1");
        now = now.plusSeconds(31);
        Set<String> missing = listed(now);
        var timeout = new State.Ended(1, "job j1: TIMEOUT", FailureClass.WALLTIME);

        table.found(
                missing,
                new Listing(now, List.of(sighting("d-m-1", "j1", timeout))),
                alive::contains,
                now);

        assertThat(entry("d-m-1"))
                .isEqualTo(new Ended(now, 1, "job j1: TIMEOUT", FailureClass.WALLTIME));
    }

    @Test
    void aLaunchWithoutAnAnswerIsMadeAgainOnlyWhenALateListingLacksIt() {
        order("m", 1);
        launch("d-m-1", new Launched.Unsure("timed out", false));

        now = now.plusSeconds(59);
        Set<String> unused = listed(now);
        assertThat(entry("d-m-1")).isInstanceOf(Unsure.class);

        now = now.plusSeconds(1);
        unused = listed(now);
        assertThat(entry("d-m-1")).isInstanceOf(Ordered.class);
    }

    @Test
    void aLaunchWithoutAnAnswerThatShowsUpIsTheWorkers() {
        order("m", 1);
        launch("d-m-1", new Launched.Unsure("timed out", false));

        Set<String> unused = listed(now, sighting("d-m-1", "j7", new State.Queued("Priority")));

        assertThat(entry("d-m-1"))
                .isInstanceOfSatisfying(
                        Known.class, known -> assertThat(known.handle()).isEqualTo("j7"));
    }

    @Test
    void aWorkerThatIsHeardThoughNobodyKnowsOfItsLaunchIsNotLaunchedAgain() {
        order("m", 1);
        launch("d-m-1", new Launched.Unsure("timed out", false));
        alive.add("d-m-1");
        now = now.plusSeconds(600);

        Set<String> unused = listed(now);

        assertThat(entry("d-m-1")).isInstanceOf(Unsure.class);
    }

    @Test
    void answersThatNobodyUnderstandsEndTheWorkerAfterThreeTries() {
        order("m", 1);
        for (int i = 0; i < 3; i++) {
            launch("d-m-1", new Launched.Unsure("account is on leave", true));
            now = now.plusSeconds(60);
            Set<String> unused = listed(now);
        }

        assertThat(entry("d-m-1")).isEqualTo(Ended.of("account is on leave", now));
    }

    @Test
    void aPlatformThatDoesNotAnswerIsNoReasonToGiveUp() {
        order("m", 1);
        for (int i = 0; i < 10; i++) {
            launch("d-m-1", new Launched.Unsure("timed out", false));
            now = now.plusSeconds(60);
            Set<String> unused = listed(now);
        }

        assertThat(entry("d-m-1")).isInstanceOf(Ordered.class);
    }

    @Test
    void ofTwoForOneWorkerTheKnownOneIsKeptAndTheOtherEnded() {
        start("d-m-1", "j2");

        Set<String> unused =
                listed(
                        now,
                        sighting("d-m-1", "j1", new State.Running("n1", null)),
                        sighting("d-m-1", "j2", new State.Running("n2", null)));

        assertThat(nextEnds()).isEqualTo(Map.of(Ending.KILL, List.of("j1")));
    }

    @Test
    void ofTwoForOneWorkerTheOneThatIsAliveIsTheWorkers() {
        start("d-m-1", "j1");

        Set<String> unused =
                listed(
                        now,
                        sighting("d-m-1", "j1", new State.Ended(1, "cancelled", null)),
                        sighting("d-m-1", "j2", new State.Running("n2", null)));

        assertThat(entry("d-m-1"))
                .isInstanceOfSatisfying(
                        Known.class, known -> assertThat(known.handle()).isEqualTo("j2"));
        assertThat(nextEnds()).isEmpty();
    }

    @Test
    void whatIsEndedIsAskedOnceAndAgainAfterAMinuteOrByForce() {
        start("d-m-1", "j1");
        table.end("d-m-1", Ending.ASK, now);

        assertThat(nextEnds()).isEqualTo(Map.of(Ending.ASK, List.of("j1")));
        table.end("d-m-1", Ending.ASK, now);
        assertThat(nextEnds()).isEmpty();
        table.end("d-m-1", Ending.KILL, now);
        assertThat(nextEnds()).isEqualTo(Map.of(Ending.KILL, List.of("j1")));
        now = now.plusSeconds(60);
        assertThat(nextEnds()).isEqualTo(Map.of(Ending.KILL, List.of("j1")));
    }

    @Test
    void anEndThatCouldNotBeAskedForIsAskedForAgain() {
        start("d-m-1", "j1");
        table.end("d-m-1", Ending.ASK, now);
        Map<Ending, List<String>> unused = nextEnds();

        table.notEnded(List.of("j1"));

        assertThat(nextEnds()).isEqualTo(Map.of(Ending.ASK, List.of("j1")));
    }

    @Test
    void aLaunchThatIsTakenBackWhileItIsMadeIsEndedOnceItIsKnown() {
        order("m", 1);
        List<LaunchOrder> unused = table.nextBatch(1, alive::contains);
        table.end("d-m-1", Ending.UNLESS_READY, now);
        assertThat(nextEnds()).isEmpty();

        table.launched("d-m-1", new Launched.Started("j1"), now);

        assertThat(nextEnds()).isEqualTo(Map.of(Ending.UNLESS_READY, List.of("j1")));
    }

    @Test
    void aLaunchThatIsTakenBackIsLeftAloneOnceItsWorkerIsReady() {
        start("d-m-1", "j1");
        table.end("d-m-1", Ending.UNLESS_READY, now);

        assertThat(table.nextEnds("d-m-1"::equals, now)).isEmpty();
        assertThat(nextEnds()).as("the wish is void").isEmpty();
    }

    @Test
    void whatWillNeverStartIsEndedAndSaysWhy() {
        start("d-m-1", "j1");

        Set<String> unused =
                listed(now, sighting("d-m-1", "j1", new State.Stuck("the partition is too short")));

        assertThat(entry("d-m-1")).isEqualTo(Ended.of("the partition is too short", now));
        assertThat(nextEnds()).isEqualTo(Map.of(Ending.ASK, List.of("j1")));
    }

    @Test
    void whatAnEarlierHostLaunchedIsAdoptedAndHowItEndedIsTold() {
        Set<String> unused =
                listed(
                        now,
                        sighting("d-m-1", "j1", new State.Running("n1", null)),
                        sighting("d-m-2", "j2", new State.Ended(1, "job j2: FAILED", null)),
                        new Sighting("e", "e-m-1", "j3", now, new State.Queued(null)));

        assertThat(table.workers()).containsOnlyKeys("d-m-1", "d-m-2");
        assertThat(entry("d-m-2")).isEqualTo(new Ended(now, 1, "job j2: FAILED", null));
    }

    private void order(String component, int... ordinals) {
        Arrays.stream(ordinals).forEach(ordinal -> table.order(theOrder(component, ordinal)));
    }

    private LaunchOrder theOrder(String component, int ordinal) {
        return LaunchOrder.of(
                deployment,
                deployment.component(component).orElseThrow(),
                "d-" + component + "-" + ordinal,
                ordinal);
    }

    private List<Integer> nextOrdinals(int limit) {
        return table.nextBatch(limit, alive::contains).stream().map(LaunchOrder::ordinal).toList();
    }

    private void launch(String workerId, Launched outcome) {
        assertThat(table.nextBatch(1, alive::contains))
                .extracting(LaunchOrder::workerId)
                .containsExactly(workerId);
        table.launched(workerId, outcome, now);
    }

    private void start(String workerId, String handle) {
        order("m", 1);
        launch(workerId, new Launched.Started(handle));
    }

    private Set<String> listed(Instant began, Sighting... sightings) {
        return table.listed(new Listing(began, List.of(sightings)), alive::contains, now);
    }

    private Sighting sighting(String workerId, String handle, State state) {
        return new Sighting("d", workerId, handle, now, state);
    }

    private WorkerEntry entry(String workerId) {
        return table.workers().get(workerId);
    }

    private Map<Ending, List<String>> nextEnds() {
        return table.nextEnds(_ -> false, now);
    }
}
