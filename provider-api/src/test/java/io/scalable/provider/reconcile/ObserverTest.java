package io.scalable.provider.reconcile;

import static io.scalable.provider.Deployments.START;
import static io.scalable.provider.reconcile.ReconcileContext.names;
import static io.scalable.provider.reconcile.ReconcileContext.twoPools;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Launch;
import io.scalable.contracts.worker.Launch.Step;
import io.scalable.contracts.worker.WorkerLifecycle.RemovalCause;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.reconcile.WorkerEvent.HasFailed;
import io.scalable.provider.reconcile.WorkerEvent.WasRemoved;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObserverTest {

    @Test
    void aWorkerIsSeenQueuedStartedAndReadyOnceEach() {
        var context = twoPools();
        context.planned(Map.of("a", 1));

        assertThat(names(context.pass())).containsExactly("WasQueued a-1");
        assertThat(names(context.lists(new Pending("quota"), "a-1").pass()))
                .containsExactly("WasQueued a-1");
        assertThat(names(context.starts("a-1").pass())).containsExactly("HasStarted a-1");
        assertThat(names(context.ready("a-1").pass())).containsExactly("BecameReady a-1");
        assertThat(context.pass()).isEmpty();
    }

    @Test
    void leavingInGoodOrderIsScalingIn() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(context.exits(0, "a-1").pass().getFirst())
                .isInstanceOfSatisfying(
                        WasRemoved.class,
                        e -> assertThat(e.cause()).isEqualTo(RemovalCause.SCALED_IN));
    }

    @Test
    void aWorkerThatWasReadyTooShortlyToBeSeenLeavesInGoodOrder() {
        var context = twoPools();
        context.planned(Map.of("a", 1));

        context.lists(new Exited(0, true, "left", null), "a-1");

        assertThat(names(context.pass())).first().isEqualTo("WasRemoved a-1");
    }

    @Test
    void anExitBeforeReadyIsAStartFailureWithItsLastWords() {
        var context = twoPools();
        context.planned(Map.of("a", 1));

        assertThat(context.exits(0, "a-1").pass())
                .singleElement()
                .isInstanceOfSatisfying(
                        HasFailed.class,
                        e -> {
                            assertThat(e.failureClass()).isEqualTo(FailureClass.START_FAILURE);
                            assertThat(e.log()).isEqualTo("last words");
                        });
    }

    @Test
    void anExitOfAReadyWorkerIsANodeFailure() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(context.exits(1, "a-1").pass().getFirst())
                .isInstanceOfSatisfying(
                        HasFailed.class,
                        e -> assertThat(e.failureClass()).isEqualTo(FailureClass.NODE_FAILURE));
    }

    @Test
    void aReadyWorkerThatVanishesIsANodeFailure() {
        var context = twoPools();
        context.planned(Map.of("a", 1));
        context.ready("a-1").pass();

        assertThat(names(context.vanishes("a-1").pass()))
                .containsExactly("HasFailed a-1", "LaunchDecided a-2");
    }

    @Test
    void aNewLaunchMayBeMissingFromTheListingForItsLag() {
        var context = twoPools().listingLag(Duration.ofSeconds(5));
        context.planned(Map.of("a", 1));

        context.vanishes("a-1");

        assertThat(context.elapse(Duration.ofSeconds(4)).pass()).isEmpty();
        assertThat(names(context.elapse(Duration.ofSeconds(1)).pass()))
                .containsExactly("HasFailed a-1");
    }

    @Test
    void afterARestartWhatRunsIsAdopted() {
        var context = twoPools().recoveredFrom(entry(1, Step.LAUNCHED), entry(2, Step.INTENDED));
        context.ready("a-1").starts("a-2");

        assertThat(names(context.planned(Map.of("a", 2))))
                .containsExactly("HasStarted a-1", "BecameReady a-1", "HasStarted a-2");
    }

    @Test
    void afterARestartWhatIsNotListedIsWrittenOff() {
        var context = twoPools().recoveredFrom(entry(1, Step.LAUNCHED), entry(2, Step.ENDING));

        assertThat(names(context.pass())).containsExactly("HasFailed a-1", "WasRemoved a-2");
    }

    @Test
    void afterARestartNoIdIsUsedTwice() {
        var context = twoPools().recoveredFrom(entry(7, Step.GONE));

        assertThat(names(context.planned(Map.of("a", 1)))).containsExactly("LaunchDecided a-8");
    }

    private static Launch entry(int ordinal, Step step) {
        return new Launch(
                ReconcileContext.ID,
                "a",
                ReconcileContext.ID + "-a-" + ordinal,
                ordinal,
                step,
                null,
                START);
    }
}
