package io.scalable.planning.lookahead;

import io.scalable.contracts.scaling.PoolDemand;
import io.scalable.contracts.scaling.PoolObservation;
import io.scalable.contracts.scaling.PoolObservation.StartingWorker;
import io.scalable.planning.Durations;
import io.scalable.planning.Economics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been learned of the pools: how long their tasks and the starts of workers take. */
final class PoolMemory {

    /** The stated start delay weighs like so many starts seen. */
    private static final int ASSUMED_STARTS = 15;

    private static final double LEAST = 1e-3;

    private final List<PoolSpec> pools;
    private final Economics economics;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Durations[] durations;
    private final Durations starts = new Durations();

    PoolMemory(List<PoolSpec> pools, Economics economics) {
        this.pools = pools;
        this.economics = economics;
        pools.forEach(p -> places.put(p.name(), places.size()));
        durations = new Durations[pools.size()];
        Arrays.setAll(durations, p -> new Durations());
        var stated = new LogNormal(economics.startSeconds(), economics.startSigma());
        for (int i = 0; i < ASSUMED_STARTS; i++) {
            starts.add(stated.quantile((i + 0.5) / ASSUMED_STARTS));
        }
    }

    void observe(PoolDemand demand) {
        for (PoolObservation pool : demand.pools()) {
            Integer place = places.get(pool.pool());
            if (place != null) {
                pool.startedAfterSeconds().forEach(starts::add);
                pool.completedSeconds().forEach(s -> durations[place].add(Math.max(LEAST, s)));
            }
        }
    }

    Map<String, Integer> places() {
        return places;
    }

    Durations durations(int pool) {
        return durations[pool];
    }

    /** The median of the known pools' mean durations; {@code otherwise} if none is known. */
    double typicalSeconds(double otherwise) {
        double[] known =
                Arrays.stream(durations)
                        .filter(d -> !d.isEmpty())
                        .mapToDouble(d -> d.estimate(new double[0]).mean())
                        .sorted()
                        .toArray();
        return known.length == 0 ? otherwise : known[known.length / 2];
    }

    /** How long starts take; those under way tell too. */
    LogNormal startDelay(PoolDemand demand) {
        double[] ages =
                demand.pools().stream()
                        .flatMap(p -> p.starting().stream())
                        .mapToDouble(StartingWorker::ageSeconds)
                        .toArray();
        return new LogNormal(Math.max(LEAST, starts.estimate(ages).p50()), economics.startSigma());
    }

    /** The pools in their own order; one that the line leaves out has nothing. */
    PoolObservation[] inOrder(PoolDemand demand) {
        var seen = new PoolObservation[pools.size()];
        for (PoolObservation pool : demand.pools()) {
            Integer place = places.get(pool.pool());
            if (place != null) {
                seen[place] = pool;
            }
        }
        for (int p = 0; p < seen.length; p++) {
            if (seen[p] == null) {
                seen[p] =
                        new PoolObservation(
                                pools.get(p).name(),
                                0,
                                0,
                                0,
                                0,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of());
            }
        }
        return seen;
    }
}
