package io.scalable.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.scalable.client.run.RunListener;
import io.scalable.client.run.RunOutcome;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services, a worker and the broker are killed or stood still, one every few seconds, while tasks
 * run: no task is lost, none is accepted twice, the child sees them all. {@code
 * -Dscalable.chaos.tasks=10000} is the long run, with longer standstills and rolling restarts,
 * again and again until the tasks are done. {@code -Dscalable.chaos.only="STOP BROKER"
 * -Dscalable.chaos.seconds=120} is one fault alone, and how long what is stopped stands still.
 */
@Timeout(1_800)
class ServicesChaosIT {

    private static final int TASKS = Integer.getInteger("scalable.chaos.tasks", 300);
    private static final boolean LONG = TASKS > 1_000;
    private static final int MOST_ROUNDS = 5;
    private static final String ONLY = System.getProperty("scalable.chaos.only", "");
    private static final int STANDSTILL =
            Integer.getInteger("scalable.chaos.seconds", LONG ? 20 : 4);
    private static final long SEED = Long.getLong("scalable.chaos.seed", System.nanoTime());

    /** Tasks of 0 to 200 ms. */
    private static final String MANIFEST =
            """
            version: 1
            targets:
              local: {provider: local, max_workers: 2, threads_per_worker: 2, processes: true}
            components:
              shell: {cpus: 1, memory: 256M}
            tasks:
              nap:
                component: shell
                command: [sh, -c, 'sleep 0.$(printf %%03d $(($1 * 37 %% 200))); echo $SCALABLE_TASK_ID', nap, '{item}']
                foreach: {range: [0, %d]}
              count:
                component: shell
                needs: nap
                command: [sh, -c, 'grep -o /nap/ | wc -l']
            """
                    .formatted(TASKS);

    @TempDir Path folder;

    @Test
    void everyTaskIsAcceptedOnceWhateverIsKilled() throws Exception {
        var results = new Results();
        try (var postgres = EmbeddedPostgres.start();
                var broker = BrokerProcess.start(folder);
                var services =
                        new Services(
                                folder, broker, broker.clients(), Services.historyIn(postgres));
                var run = Executors.newSingleThreadExecutor()) {
            var chaos = new Chaos(services, broker, SEED, Duration.ofSeconds(STANDSTILL));
            chaos.startAll();
            var outcome = run.submit(() -> services.run(MANIFEST, results));
            results.awaitFirst();
            int rounds = LONG ? MOST_ROUNDS : 1;
            for (int round = 0; round < rounds && !outcome.isDone(); round++) {
                for (Chaos.Fault fault : chaos.faults(LONG || !ONLY.isEmpty())) {
                    if (outcome.isDone()) {
                        break;
                    }
                    if (!fault.toString().contains(ONLY)) {
                        continue;
                    }
                    long before = System.nanoTime();
                    chaos.inject(fault);
                    TimeUnit.SECONDS.sleep(1);
                    results.awaitOneSince(before, Duration.ofSeconds(STANDSTILL));
                    results.standstill(fault, before);
                }
            }
            RunOutcome ended = outcome.get();
            System.out.println(results.figures(SEED));

            assertThat(ended.succeeded()).as("seed %d", SEED).isTrue();
            assertThat(results.all)
                    .as("seed %d", SEED)
                    .hasSize(TASKS + 1)
                    .allMatch(r -> r.state() == TaskState.SUCCEEDED)
                    .extracting(TaskResult::taskId)
                    .doesNotHaveDuplicates();
            assertThat(results.all)
                    .filteredOn(r -> r.task().equals("count"))
                    .singleElement()
                    .matches(r -> r.result().value().asInt() == TASKS);
        }
    }

    /** What the driver hears, and how long it heard nothing after each fault. */
    private static final class Results implements RunListener {
        final List<TaskResult> all = new CopyOnWriteArrayList<>();
        private final List<Long> at = new CopyOnWriteArrayList<>();
        private final Map<String, List<Double>> standstills = new TreeMap<>();

        @Override
        public void taskEnded(TaskResult result) {
            at.add(System.nanoTime());
            all.add(result);
        }

        void awaitFirst() throws InterruptedException {
            while (all.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        /** Waits until the run has gone on since {@code from}, at most for {@code limit}. */
        void awaitOneSince(long from, Duration limit) throws InterruptedException {
            long until = System.nanoTime() + limit.toNanos();
            while ((at.isEmpty() || at.getLast() < from) && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        /** The longest time without a result since {@code from}. */
        void standstill(Chaos.Fault fault, long from) {
            long last = from;
            long longest = 0;
            for (long one : at) {
                if (one >= from) {
                    longest = Math.max(longest, one - last);
                    last = one;
                }
            }
            longest = Math.max(longest, System.nanoTime() - last);
            standstills
                    .computeIfAbsent(fault.toString(), _ -> new ArrayList<>())
                    .add(longest / 1e9);
        }

        String figures(long seed) {
            var out =
                    new StringBuilder(
                            "chaos: seed %d, %d results; seconds without a result by fault:"
                                    .formatted(seed, all.size()));
            standstills.forEach(
                    (fault, seconds) -> {
                        var sorted = seconds.stream().sorted().toList();
                        out.append(
                                "%n  %s: %d x, p50 %.1f, max %.1f"
                                        .formatted(
                                                fault,
                                                sorted.size(),
                                                sorted.get(sorted.size() / 2),
                                                sorted.getLast()));
                    });
            return out.toString();
        }
    }
}
