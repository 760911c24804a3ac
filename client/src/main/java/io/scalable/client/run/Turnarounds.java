package io.scalable.client.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long workers stood between two tasks, seconds, although the second was waiting. */
final class Turnarounds {

    private record Attempt(Instant queued, Instant started, Instant finished) {}

    private Turnarounds() {}

    /** From the records of one run; of workers with several slots only what is certain. */
    static List<Double> of(List<TaskRecord> tasks) {
        Map<String, List<Attempt>> workers = new HashMap<>();
        for (TaskRecord task : tasks) {
            String worker = task.worker();
            Instant queued = task.queuedAt();
            Instant started = task.startedAt();
            if (worker != null && queued != null && started != null) {
                workers.computeIfAbsent(worker, w -> new ArrayList<>())
                        .add(new Attempt(queued, started, task.finishedAt()));
            }
        }
        var found = new ArrayList<Double>();
        for (List<Attempt> attempts : workers.values()) {
            attempts.sort(Comparator.comparing(Attempt::started));
            @Nullable Attempt before = null;
            for (Attempt next : attempts) {
                if (before != null
                        && !next.queued().isAfter(before.finished())
                        && !next.started().isBefore(before.finished())) {
                    Duration empty = Duration.between(before.finished(), next.started());
                    found.add(empty.toNanos() / 1e9);
                }
                before = next;
            }
        }
        return found;
    }
}
