package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.planning.estimate.Economics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the workers have cost so far, as far as it can be seen from outside. */
final class Spending {

    private final List<PoolSpec> pools;
    private final Economics economics;
    private final Map<String, Double> prices = new HashMap<>();
    private double spent;
    private double last;

    Spending(List<PoolSpec> pools, Economics economics) {
        this.pools = pools;
        this.economics = economics;
        pools.forEach(p -> prices.put(p.name(), p.price()));
    }

    void observe(PoolDemand demand) {
        double passed = demand.nowSeconds() - last;
        last = demand.nowSeconds();
        for (PoolObservation pool : demand.pools()) {
            double price = prices.getOrDefault(pool.pool(), 0.0);
            int up = pool.alive() - pool.starting().size() + pool.draining();
            int started = pool.startedAfterSeconds().size();
            spent += price * (up * passed + started * economics.billedStartSeconds());
        }
    }

    /** Workers were asked for. */
    void asked(int pool, int workers) {
        spent += Math.max(0, workers) * economics.startFeeSeconds() * pools.get(pool).price();
    }

    /** Worker-seconds times price. */
    double soFar() {
        return spent;
    }
}
