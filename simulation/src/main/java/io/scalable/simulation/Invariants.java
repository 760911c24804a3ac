package io.scalable.simulation;

import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.dispatcher.domain.Decision;
import io.scalable.provider.backend.LaunchOrder;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All invariants of one history. */
final class Invariants {

    private final World world;
    private final List<Invariant> all =
            List.of(
                    new NoTaskLost(),
                    new OneAcceptedResult(),
                    new EventsAgreeWithResults(),
                    new ChildrenSeeTheAcceptedResult(),
                    new NoAttemptAfterCancel(),
                    new NoAttemptBesideARunningOne(),
                    new OnlySilentWorkersAreLost(),
                    new NeverAboveMaximum(),
                    new ScaleInKillsNoBusyWorker(),
                    new InfraLossCostsNoRetry(),
                    new EveryLaunchOwnedOrSwept(),
                    new PlanConverges(),
                    new StateIsBounded());

    Invariants(World world) {
        this.world = world;
    }

    void appended(Log.Entry record) {
        each(i -> i.appended(world, record));
    }

    void decided(Decision decision) {
        each(i -> i.decided(world, decision));
    }

    void launching(LaunchOrder order) {
        each(i -> i.launching(world, order));
    }

    void ending(PlayedBackend.Job job) {
        each(i -> i.ending(world, job));
    }

    void began(LeaseGranted lease) {
        each(i -> i.began(world, lease));
    }

    void finished(LeaseGranted lease, @Nullable FailureClass failed) {
        each(i -> i.finished(world, lease, failed));
    }

    void settled() {
        each(i -> i.settled(world));
    }

    void over() {
        each(i -> i.over(world));
    }

    void dayAfter() {
        each(i -> i.dayAfter(world));
    }

    private void each(Consumer<Invariant> look) {
        all.forEach(look);
    }
}
