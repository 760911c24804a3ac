package io.scalable.provider.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import io.scalable.provider.reconcile.WorkerEvent.LaunchDecided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * Worlds where listings lie: workers are lost and come back as strays, answers are missing, hosts
 * restart. No launch is ever decided that leads above a maximum or the most that an hour may cost.
 */
class BoundsPropertyTest {

    private static final int POOL_MAXIMUM = 4;

    @Property(tries = 500)
    void noLaunchPassesABoundWhateverIsListed(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int maxWorkers,
            @ForAll @DoubleRange(min = 0.5, max = 20) double maxPerHour) {
        var world = new World(new Random(seed), maxWorkers, maxPerHour);
        for (int step = 0; step < 80; step++) {
            world.step();
        }
    }

    @Property(tries = 100)
    void theBoundOnTheCostIsReachedWhereTheMaximumsAllowIt(
            @ForAll @IntRange(min = 1, max = 16) int maxPerHour) {
        ReconcileContext context = ReconcileContext.twoPricedPools(100, maxPerHour);
        var desired = Map.of("a", POOL_MAXIMUM, "b", POOL_MAXIMUM);
        context.planned(desired);
        double left = maxPerHour - World.cost(context.tracked());
        assertThat(left).isGreaterThanOrEqualTo(0);
        assertThat(left < 3 || World.of("b", context.tracked()) == POOL_MAXIMUM).isTrue();
    }

    private static final class World {

        private final Random random;
        private final int maxWorkers;
        private final double maxPerHour;
        private final ReconcileContext context;
        private final List<String> lost = new ArrayList<>();
        private Map<String, Integer> desired = Map.of("a", 0, "b", 0);

        World(Random random, int maxWorkers, double maxPerHour) {
            this.random = random;
            this.maxWorkers = maxWorkers;
            this.maxPerHour = maxPerHour;
            context = ReconcileContext.twoPricedPools(maxWorkers, maxPerHour);
            if (random.nextBoolean()) {
                context.listingLag(Duration.ofSeconds(5));
            }
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0, 1 -> desired = Map.of("a", random.nextInt(7), "b", random.nextInt(7));
                case 2 -> context.elapse(Duration.ofMillis(random.nextInt(20_000)));
                case 3 -> context.restart();
                case 4, 5 -> loseOne();
                case 6 -> oneComesBack();
                default -> somethingHappensToAWorker();
            }
            List<WorkerEvent> events = context.planned(desired);
            Set<String> launchedIn = new HashSet<>();
            events.stream()
                    .filter(LaunchDecided.class::isInstance)
                    .forEach(event -> launchedIn.add(event.worker().component()));
            if (!launchedIn.isEmpty()) {
                checkBounds(launchedIn);
            }
        }

        private void loseOne() {
            List<String> listed = List.copyOf(context.listing.keySet());
            if (!listed.isEmpty()) {
                String id = listed.get(random.nextInt(listed.size()));
                context.listing.remove(id);
                lost.add(id);
            }
        }

        private void oneComesBack() {
            if (!lost.isEmpty()) {
                String id = lost.remove(random.nextInt(lost.size()));
                context.listing.put(id, new Running("node", random.nextBoolean()));
            }
        }

        private void somethingHappensToAWorker() {
            List<String> listed = List.copyOf(context.listing.keySet());
            if (listed.isEmpty()) {
                return;
            }
            String id = listed.get(random.nextInt(listed.size()));
            WorkerStatus status =
                    switch (random.nextInt(4)) {
                        case 0, 1 -> new Running("node", true);
                        case 2 -> new Exited(random.nextInt(2), random.nextBoolean(), "x", null);
                        default -> new Unknown("no answer");
                    };
            context.listing.put(id, status);
        }

        /** Alive is what is listed and has not ended, and what is tracked though not listed. */
        private void checkBounds(Set<String> launchedIn) {
            Set<String> alive = new HashSet<>(context.tracked());
            context.listing.forEach(
                    (id, status) -> {
                        if (!(status instanceof Exited)) {
                            alive.add(id.substring(ReconcileContext.ID.length() + 1));
                        }
                    });
            assertThat(alive).hasSizeLessThanOrEqualTo(maxWorkers);
            for (String pool : launchedIn) {
                assertThat(of(pool, alive)).isLessThanOrEqualTo(POOL_MAXIMUM);
            }
            assertThat(cost(alive)).isLessThanOrEqualTo(maxPerHour + 1e-6);
        }

        static double cost(Collection<String> workers) {
            return of("a", workers) + 3.0 * of("b", workers);
        }

        static long of(String pool, Collection<String> workers) {
            return workers.stream().filter(id -> id.startsWith(pool + "-")).count();
        }
    }
}
