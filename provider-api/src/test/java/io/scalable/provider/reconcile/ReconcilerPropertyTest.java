package io.scalable.provider.reconcile;

import static io.scalable.provider.reconcile.ReconcileContext.twoPoolsWithMaxWorkers;
import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.backend.WorkerStatus.Exited;
import io.scalable.provider.backend.WorkerStatus.Pending;
import io.scalable.provider.backend.WorkerStatus.Running;
import io.scalable.provider.backend.WorkerStatus.Unknown;
import io.scalable.provider.reconcile.WorkerEvent.CancelDecided;
import io.scalable.provider.reconcile.WorkerEvent.KillDecided;
import io.scalable.provider.reconcile.WorkerEvent.LaunchDecided;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random plans, backends and restarts; jqwik prints the seed of a world that breaks a rule. */
class ReconcilerPropertyTest {

    private static final int POOL_MAXIMUM = 4;
    private static final int MAX_WORKERS = 5;

    @Property(tries = 300)
    void theRulesHoldInEveryWorldAndItComesToItsGoal(@ForAll long seed) {
        var world = new World(new Random(seed));
        for (int step = 0; step < 80; step++) {
            world.step();
        }
        world.assertItConverges();
    }

    private static final class World {

        private final Random random;
        private final ReconcileContext context = twoPoolsWithMaxWorkers(MAX_WORKERS);
        private final Set<String> launched = new HashSet<>();
        private Map<String, Integer> desired = Map.of("a", 0, "b", 0);

        World(Random random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(8)) {
                case 0 -> desired = Map.of("a", random.nextInt(7), "b", random.nextInt(7));
                case 1 -> context.elapse(Duration.ofMillis(random.nextInt(20_000)));
                case 2 -> context.restart();
                default -> somethingHappensToAWorker();
            }
            check(Map.copyOf(context.listing), context.planned(desired));
        }

        private void somethingHappensToAWorker() {
            List<String> alive = alive("");
            if (alive.isEmpty()) {
                return;
            }
            String worker = alive.get(random.nextInt(alive.size()));
            boolean ready = isReady(context.listing.get(worker));
            context.listing.put(
                    worker,
                    switch (random.nextInt(6)) {
                        case 0 -> new Running("node", ready);
                        case 1, 2 -> new Running("node", true);
                        case 3 -> new Exited(0, ready, "left", null);
                        case 4 -> new Exited(1, ready, "failed", null);
                        default -> ready ? new Running("node", true) : new Unknown("no answer");
                    });
        }

        private void check(Map<String, WorkerStatus> before, List<WorkerEvent> events) {
            for (WorkerEvent event : events) {
                String id = event.worker().workerId();
                String pool = event.worker().component();
                switch (event) {
                    case LaunchDecided _ -> {
                        assertThat(launched.add(id)).as("%s is new", id).isTrue();
                        assertThat(alive(pool)).hasSizeLessThanOrEqualTo(desired.get(pool));
                    }
                    case CancelDecided _, KillDecided _ ->
                            assertThat(isReady(before.get(id))).as("%s is ready", id).isFalse();
                    default -> {}
                }
            }
            assertThat(alive("a")).hasSizeLessThanOrEqualTo(POOL_MAXIMUM);
            assertThat(alive("b")).hasSizeLessThanOrEqualTo(POOL_MAXIMUM);
            assertThat(alive("")).hasSizeLessThanOrEqualTo(MAX_WORKERS);
        }

        /** From now on the backend and the dispatcher do what they should. */
        void assertItConverges() {
            desired = Map.of("a", 2, "b", 3);
            for (int pass = 0; pass < 10; pass++) {
                List<WorkerEvent> events = context.planned(desired);
                events.forEach(this::obey);
                context.listing.replaceAll((_, status) -> settled(status));
                desired.forEach(this::drainSurplus);
                context.elapse(ReconcileContext.TIMINGS.longestWait());
            }
            assertThat(alive("a")).hasSize(2);
            assertThat(alive("b")).hasSize(3);
            assertThat(context.planned(desired)).isEmpty();
        }

        private void obey(WorkerEvent event) {
            if (event instanceof CancelDecided || event instanceof KillDecided) {
                String id = event.worker().workerId();
                context.listing.computeIfPresent(
                        id, (_, _) -> new Exited(143, false, "cancelled", null));
            }
        }

        private static WorkerStatus settled(WorkerStatus status) {
            return status instanceof Exited ? status : new Running("node", true);
        }

        private void drainSurplus(String pool, int wanted) {
            alive(pool).stream()
                    .skip(wanted)
                    .forEach(id -> context.listing.put(id, new Exited(0, true, "left", null)));
        }

        private List<String> alive(String pool) {
            return context.listing.entrySet().stream()
                    .filter(entry -> !(entry.getValue() instanceof Exited))
                    .map(Map.Entry::getKey)
                    .filter(id -> id.startsWith(ReconcileContext.ID + "-" + pool))
                    .toList();
        }

        private static boolean isReady(WorkerStatus status) {
            return switch (status) {
                case Running running -> running.ready();
                case Pending _, Exited _, Unknown _ -> false;
            };
        }
    }
}
