package io.scalable.provider.reconcile;

import io.scalable.contracts.deployment.Pricing;
import org.jspecify.annotations.Nullable;

/**
 * What may still be launched in one pass: never above the target's maximum, a pool's maximum, or
 * the most that an hour may cost. Whatever is alive, or may be, holds its place and its price:
 * pending, draining and ending workers, those of before a restart whose fate is unknown, strays.
 */
final class Room {

    /** Sums of prices are not exact. */
    private static final double EXACT = 1e-9;

    private final Goal goal;
    private final Strays strays;
    private final @Nullable Pricing pricing;
    private int places;
    private double money;

    Room(Cluster cluster, Goal goal, Strays strays) {
        this.goal = goal;
        this.strays = strays;
        pricing = goal.deployment().pricing();
        places = goal.maxWorkers() - cluster.workers().size() - strays.all();
        money = goal.maxPerHour();
        if (pricing != null) {
            for (TrackedWorker worker : cluster.workers()) {
                money -= pricing.perHour(worker.ref().component());
            }
            for (var stray : strays.byPool().entrySet()) {
                money -= stray.getValue() * pricing.perHour(stray.getKey());
            }
        }
    }

    /**
     * Takes room for workers of a pool.
     *
     * @param missing how many are missing
     * @param staying how many of the pool hold a place
     * @return how many of the missing may be launched
     */
    int take(String component, int missing, int staying) {
        int ofPool = goal.maximum(component) - staying - strays.of(component);
        int most = Math.min(Math.min(missing, ofPool), places);
        double price = pricing == null ? 0 : pricing.perHour(component);
        int launches = 0;
        while (launches < most && price <= money + EXACT) {
            launches++;
            money -= price;
        }
        places -= launches;
        return launches;
    }
}
