package io.scalable.benchmarks;

import io.scalable.contracts.Ids;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskEvent;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.store.Database;
import io.scalable.telemetry.store.HistoryReader;
import io.scalable.telemetry.store.HistoryWriter;
import io.scalable.telemetry.store.TaskFilter;
import io.scalable.testkit.ADeployment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times telemetry's store, in one JVM: a million task events written in the batches that Kafka
 * gives, then what REST asks of them. Argument: how many events.
 */
public final class History {

    private static final String DEPLOYMENT = "20260131-142501-x7k2p";
    private static final int BATCH = 5000;
    private static final int EVENTS_PER_TASK = 4;
    private static final int FAILS_EACH = 100;

    /** So many tasks are under way at any moment: their events come mixed. */
    private static final int AT_ONCE = 2000;

    private History() {}

    public static void main(String[] args) throws IOException {
        int tasks = (args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000) / EVENTS_PER_TASK;
        Path folder = Files.createTempDirectory("scalable-history-");
        try (var h2 = Database.open("jdbc:h2:file:" + folder.resolve("history"), null, null)) {
            measure("H2", h2, tasks);
        }
        try (var server = EmbeddedPostgres.start();
                var postgres =
                        Database.open(
                                server.getJdbcUrl("postgres", "postgres"), "postgres", null)) {
            measure("PostgreSQL", postgres, tasks);
        }
    }

    private static void measure(String name, Database database, int tasks) {
        HistoryWriter writer = database.writer();
        writer.append(
                List.of(
                        new HistoryEvent.Published(
                                ADeployment.aDeployment()
                                        .id(DEPLOYMENT)
                                        .pool("forecast", 8)
                                        .build())));
        long begin = System.nanoTime();
        var batch = new ArrayList<HistoryEvent>(BATCH);
        int rounds = Math.ceilDiv(tasks, AT_ONCE);
        for (int round = 0; round < rounds; round++) {
            for (int step = 0; step < EVENTS_PER_TASK; step++) {
                for (int i = 0; i < AT_ONCE; i++) {
                    batch.add(new HistoryEvent.OfTask(event(round * AT_ONCE + i, step)));
                    if (batch.size() == BATCH) {
                        writer.append(batch);
                        batch.clear();
                    }
                }
            }
        }
        writer.append(batch);
        double seconds = (System.nanoTime() - begin) / 1e9;
        long events = (long) rounds * AT_ONCE * EVENTS_PER_TASK;
        say("%s: %,d events in %.1f s, %,.0f/s", name, events, seconds, events / seconds);

        HistoryReader reader = database.reader();
        time("totals", () -> check(reader.taskTotals(DEPLOYMENT).byState().size() == 2));
        time("first page", () -> page(reader, TaskFilter.ALL, 0));
        time("page in the middle", () -> page(reader, TaskFilter.ALL, tasks / 2));
        time("page of succeeded", () -> page(reader, TaskFilter.in(TaskState.SUCCEEDED), 0));
        time("page of failed", () -> page(reader, TaskFilter.in(TaskState.FAILED), 0));
        time(
                "count of failed",
                () -> reader.countTasks(DEPLOYMENT, TaskFilter.in(TaskState.FAILED)));
        time("failures by cause", () -> check(reader.failureCauses(DEPLOYMENT, 100).size() == 1));
        time("durations", () -> check(reader.durations(DEPLOYMENT).size() == 1));
        time(
                "a worker's newest tasks",
                () -> check(reader.tasksOf(DEPLOYMENT, "w3", 5).size() == 5));
    }

    private static void page(HistoryReader reader, TaskFilter filter, int offset) {
        check(reader.tasks(DEPLOYMENT, filter, 1000, offset).size() == 1000);
    }

    private static TaskEvent event(int task, int step) {
        String id = Ids.taskId(DEPLOYMENT, "fit", task);
        String worker = "w" + task % 8;
        Instant at = ADeployment.START.plusMillis(task + (long) step * AT_ONCE);
        return switch (step) {
            case 0 -> new TaskEvent.TaskQueued(DEPLOYMENT, id, "fit", "forecast", 1, at);
            case 1 -> new TaskEvent.TaskLeased(DEPLOYMENT, id, "fit", "forecast", 1, worker, at);
            case 2 -> new TaskEvent.TaskStarted(DEPLOYMENT, id, "fit", "forecast", 1, worker, at);
            default -> ended(id, worker, at, task % FAILS_EACH == 0);
        };
    }

    private static TaskEvent ended(String id, String worker, Instant at, boolean fails) {
        if (fails) {
            var failure = new Failure(FailureClass.USER_ERROR, "exit 3", "it broke", null);
            return new TaskEvent.TaskFailed(
                    DEPLOYMENT, id, "fit", "forecast", 1, worker, failure, at);
        }
        return new TaskEvent.TaskSucceeded(DEPLOYMENT, id, "fit", "forecast", 1, worker, 0.25, at);
    }

    /** Asked once: H2 gives the answer of the same question again without looking. */
    private static void time(String question, Runnable asked) {
        long begin = System.nanoTime();
        asked.run();
        say("  %-24s %6.0f ms", question, (System.nanoTime() - begin) / 1e6);
    }

    private static void check(boolean right) {
        if (!right) {
            throw new IllegalStateException("the store answers something else");
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
