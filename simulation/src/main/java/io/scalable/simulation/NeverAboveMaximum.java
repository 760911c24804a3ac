package io.scalable.simulation;

import io.scalable.contracts.deployment.ComponentSpec;
import io.scalable.provider.backend.LaunchOrder;
import java.time.Instant;
import java.util.List;

/**
 * Workers alive are never more than a pool's or the target's maximum when another is launched;
 * those that are about to end by their allocation hold no place of their pool.
 */
final class NeverAboveMaximum implements Invariant {

    @Override
    public void launching(World world, LaunchOrder order) {
        if (world.backend.lied()) {
            return;
        }
        List<PlayedBackend.Job> alive = world.backend.alive();
        Integer most = order.deployment().target().maxWorkers();
        if (most != null && alive.size() >= most) {
            throw broken("launch of " + order.workerId() + " above " + most + " in all");
        }
        ComponentSpec pool = order.component();
        Instant soon = world.schedule.now().plus(world.backend.launchLead());
        long staying =
                alive.stream()
                        .filter(j -> j.order.component().name().equals(pool.name()))
                        .filter(j -> j.endsAt == null || j.endsAt.isAfter(soon))
                        .count();
        if (staying >= pool.bounds().maximum()) {
            throw broken("launch of " + order.workerId() + " above " + pool.bounds().maximum());
        }
    }
}
