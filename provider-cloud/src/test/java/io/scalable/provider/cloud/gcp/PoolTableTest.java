package io.scalable.provider.cloud.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.provider.backend.LaunchOrder;
import io.scalable.provider.cloud.gcp.PoolEntry.Creating;
import io.scalable.provider.cloud.gcp.PoolEntry.Ended;
import io.scalable.provider.cloud.gcp.PoolEntry.Going;
import io.scalable.provider.cloud.gcp.PoolEntry.Made;
import io.scalable.provider.cloud.gcp.PoolEntry.Waiting;
import io.scalable.testkit.ADeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTableTest {

    private static final Duration VISIBILITY = Duration.ofSeconds(30);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);
    private static final Instant START = ADeployment.START;
    private static final String ID = "run-1-model-1";

    private final PoolTable table = new PoolTable("run-1", VISIBILITY, SHUTDOWN);

    @Test
    void aWorkerIsMadeOnce() {
        order();
        order();

        assertThat(table.nextCreations(8)).hasSize(1);
        assertThat(table.nextCreations(8)).isEmpty();
        assertThat(entry()).isInstanceOf(Creating.class);
    }

    @Test
    void whatWasNotAskedForYetIsCancelledAtOnce() {
        order();

        table.end(ID, START);

        assertThat(entry()).isEqualTo(new Ended("cancelled before it was created", false));
        assertThat(table.nextCreations(8)).isEmpty();
    }

    @Test
    void whatIsBeingMadeIsDeletedOnceItIs() {
        creating();
        table.end(ID, START);
        assertThat(table.nextDeletions(8)).isEmpty();

        table.created(ID, "op", START);

        assertThat(table.nextDeletions(8)).containsExactly(ID);
        assertThat(table.nextDeletions(8)).isEmpty();
    }

    @Test
    void anUnsureWorkerIsMadeAgainUnlessItIsFound() {
        creating();
        table.unsure(ID, "no answer", START);
        assertThat(entry()).isInstanceOf(Waiting.class);

        table.listed(List.of(seen(new PoolState.Up())), at(1));

        assertThat(entry()).isInstanceOf(Made.class);
        assertThat(table.nextCreations(8)).isEmpty();
    }

    @Test
    void aWorkerThatEndsHoldsItsPlaceUntilItsContainerIsSurelyOver() {
        made();
        table.end(ID, at(60));
        assertThat(table.nextDeletions(8)).containsExactly(ID);
        table.deleted(ID, "gone", at(60));

        table.listed(List.of(), at(61));
        table.settle(at(69));
        assertThat(entry()).isInstanceOf(Going.class);
        table.settle(at(70));
        assertThat(entry()).isInstanceOf(Ended.class);
    }

    @Test
    void aWorkerThatLeftIsOverWithItsPool() {
        made();
        table.end(ID, new Ended("left", true), at(60));
        assertThat(table.nextDeletions(8)).containsExactly(ID);
        table.deleted(ID, "gone", at(60));

        table.operationDone(ID, "gone", null, at(61));
        table.settle(at(61));

        assertThat(entry()).isEqualTo(new Ended("left", true));
    }

    @Test
    void aNewPoolMayBeMissingAWhileAndAnOldOneOnlyOnce() {
        made();
        table.listed(List.of(), at(5));
        table.listed(List.of(), at(10));
        table.listed(List.of(), at(15));
        assertThat(entry()).isInstanceOf(Made.class);

        table.listed(List.of(), at(40));
        assertThat(entry()).isInstanceOf(Made.class);
        table.listed(List.of(), at(42));
        assertThat(entry()).isInstanceOf(Ended.class);
    }

    @Test
    void aPoolThatWasUpIsNotEndedForWhatIsSaidOfItLater() {
        made();
        table.listed(List.of(seen(new PoolState.Up())), at(5));

        table.listed(List.of(seen(new PoolState.Broken("a revision failed"))), at(10));

        assertThat(entry()).isInstanceOf(Made.class);
    }

    @Test
    void whatWasForgottenIsNotAdoptedFromAStaleListing() {
        made();
        table.forget(ID, at(60));

        table.listed(List.of(seen(new PoolState.Up())), at(61));
        assertThat(table.workers()).isEmpty();

        table.forget("another", at(120));
        table.listed(List.of(seen(new PoolState.Up())), at(121));
        assertThat(table.workers()).containsKey(ID);
    }

    @Test
    void otherDeploymentsPoolsAreNotTaken() {
        var other =
                new SeenPool("w-x", "run-2", "model", "run-2-model-1", new PoolState.Up(), null);

        table.listed(List.of(other), START);

        assertThat(table.workers()).isEmpty();
        assertThat(table.listedOnce()).isTrue();
    }

    @Test
    void aDeletionThatDidNotWorkIsAskedForAgain() {
        made();
        table.end(ID, at(60));
        assertThat(table.nextDeletions(8)).containsExactly(ID);
        table.notDeleted(ID);
        assertThat(table.nextDeletions(8)).containsExactly(ID);
        table.deleted(ID, "gone", at(61));

        table.operationDone(ID, "gone", "internal", at(62));

        assertThat(table.nextDeletions(8)).containsExactly(ID);
    }

    private void order() {
        var deployment = ADeployment.aDeployment().pool("model", 2).build();
        table.add(LaunchOrder.of(deployment, deployment.components().get(0), ID, 1));
    }

    private void creating() {
        order();
        assertThat(table.nextCreations(8)).hasSize(1);
    }

    private void made() {
        creating();
        table.created(ID, "op", START);
    }

    private PoolEntry entry() {
        return table.workers().get(ID);
    }

    private static SeenPool seen(PoolState state) {
        return new SeenPool("w-" + ID, "run-1", "model", ID, state, START);
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
