package io.scalable.simulation;

import io.scalable.contracts.scaling.ScalePlan;
import org.jspecify.annotations.Nullable;

/**
 * With nothing left to do, the plan comes to rest, and the workers come to the plan. The next try
 * after starts that failed comes when its time has come, and is no unrest.
 */
final class PlanConverges implements Invariant {

    private static final int REST_MILLIS = 60_000;
    private static final String BACK_OFF = "start_failures";

    private @Nullable ScalePlan plan;
    private long changedAt;

    @Override
    public void appended(World world, Log.Entry record) {
        if (record.value() instanceof ScalePlan next) {
            ScalePlan before = plan;
            if (before == null || before.generation() < next.generation()) {
                if (before == null || !sameCounts(before, next)) {
                    changedAt = world.schedule.millis();
                }
                plan = next;
            }
        }
    }

    @Override
    public void settled(World world) {
        ScalePlan last = plan;
        if (last == null) {
            throw broken("there is no plan");
        }
        long quiet = world.schedule.millis() - changedAt;
        if (quiet < REST_MILLIS) {
            if (world.backend.lied()) {
                // Workers that it hid count as failed starts: the next ones wait for minutes.
                return;
            }
            throw broken("it changed " + quiet + " ms ago, with nothing to do: " + last);
        }
        for (var component : world.driver.spec().components()) {
            String pool = component.name();
            long alive =
                    world.backend.alive().stream()
                            .filter(j -> j.order.component().name().equals(pool))
                            .count();
            boolean renews = world.driver.spec().allocation().isPresent();
            if (alive != last.desired(pool) && !renews) {
                throw broken(alive + " workers of " + pool + " for " + last);
            }
        }
    }

    private static boolean sameCounts(ScalePlan before, ScalePlan next) {
        return before.pools().stream()
                .allMatch(
                        pool ->
                                pool.bindingConstraint().equals(BACK_OFF)
                                        || pool.desired() == next.desired(pool.component()));
    }
}
