package io.scalable.client.report;

import io.scalable.client.inspect.HistoryClient;
import io.scalable.client.inspect.TelemetrySource;
import io.scalable.client.run.Decision;
import io.scalable.client.run.Durations;
import io.scalable.client.run.RunCost;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunSummary;
import io.scalable.client.run.ScalingEvents;
import io.scalable.client.run.WorkerCounts;
import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskState;
import io.scalable.contracts.worker.WorkerBills.Bill;
import io.scalable.contracts.worker.WorkerLifecycle;
import io.scalable.contracts.worker.WorkerLifecycle.WorkerFailed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of a deployment from telemetry's REST, for those that have no run folder here.
 * It says what the report of the folder says, but for the files of logs.
 */
public final class RemoteReport {

    /** As telemetry answers it; further fields are passed over. */
    private record Deployment(
            String deploymentId,
            String project,
            String target,
            String provider,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable Pricing pricing) {}

    private record Summary(
            Deployment deployment,
            Instant now,
            Map<TaskState, Integer> tasks,
            @Nullable Instant firstQueuedAt,
            @Nullable Instant lastFinishedAt) {}

    private record Worker(
            String workerId,
            String component,
            String state,
            @Nullable Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String reason,
            @Nullable FailureClass failureClass,
            @Nullable String log) {

        boolean failed() {
            return state.equals("FAILED");
        }

        Bill bill(Instant otherwise) {
            Instant first = requestedAt == null ? startedAt : requestedAt;
            Instant known = first == null ? endedAt : first;
            return new Bill(component, known == null ? otherwise : known, startedAt, endedAt);
        }

        WorkerCounts count() {
            boolean came = startedAt != null && failureClass != FailureClass.START_FAILURE;
            boolean scaledIn = came && "scaled in".equals(reason);
            boolean alive = came && !failed() && !scaledIn;
            return new WorkerCounts(
                    came ? 1 : 0, scaledIn ? 1 : 0, failed() ? 1 : 0, alive ? 1 : 0);
        }
    }

    private record Pool(long workersStarted) {}

    private record TaskDurations(String task, int count, double p50, double p95, double max) {}

    /** The most entries that telemetry gives at a time. */
    private static final int PAGE = 10_000;

    private RemoteReport() {}

    /**
     * The report of a deployment that has ended or goes on.
     *
     * @param telemetry its address, such as {@code http://localhost:8080}
     * @param token what it wants to be asked with; null if nothing
     * @param deploymentId null for the newest
     * @throws IOException if telemetry does not answer, refuses, or knows no such deployment
     */
    public static RunReport of(URI telemetry, @Nullable String token, @Nullable String deploymentId)
            throws IOException {
        try (var history = new HistoryClient(telemetry, token)) {
            return of(history, deploymentId == null ? newest(history) : deploymentId);
        }
    }

    private static String newest(HistoryClient history) throws IOException {
        List<Deployment> newest = history.list("?limit=1", Deployment.class);
        if (newest.isEmpty()) {
            throw new IOException("telemetry knows no deployment yet");
        }
        return newest.getFirst().deploymentId();
    }

    private static RunReport of(HistoryClient history, String id) throws IOException {
        String path = HistoryClient.path(id);
        Summary summary = history.get(path, Summary.class);
        List<Worker> workers = workers(history, path);
        List<ScalePlan> plans = history.list(path + "/decisions", ScalePlan.class);
        List<FailureGroup> failures =
                history.list(path + "/failure-causes?limit=" + PAGE, FailureGroup.class);
        List<Decision> changes = Decision.changes(plans, summary.deployment().createdAt());
        RunInfo run = run(summary);
        return new RunReport(
                new RunSummary(
                        run,
                        seconds(run.started(), run.finished()),
                        ended(summary.tasks()),
                        counts(workers),
                        ScalingEvents.of(changes),
                        durations(history.list(path + "/durations", TaskDurations.class)),
                        failures.stream().mapToInt(FailureGroup::attempts).sum(),
                        cost(summary, workers, plans)),
                failures,
                workers.stream().filter(Worker::failed).map(w -> failure(id, w)).toList(),
                changes,
                forgotten(history.list(path + "/pools", Pool.class), workers),
                Prediction.of(
                        plans, run.state(), summary.firstQueuedAt(), summary.lastFinishedAt()));
    }

    private static List<Worker> workers(HistoryClient history, String path) throws IOException {
        var workers = new ArrayList<>(history.all(path + "/workers?", Worker.class));
        workers.sort(Comparator.comparing(Worker::workerId));
        return workers;
    }

    /** Of workers that ended long ago telemetry keeps sums alone. */
    private static List<String> forgotten(List<Pool> pools, List<Worker> workers) {
        long inAll = pools.stream().mapToLong(Pool::workersStarted).sum();
        long known = workers.stream().filter(w -> w.startedAt() != null).count();
        return inAll <= known
                ? List.of()
                : List.of(
                        "workers and cost leave out %d workers that ended long ago; what all have spent and used, telemetry's page tells"
                                .formatted(inAll - known));
    }

    private static @Nullable RunCost cost(
            Summary summary, List<Worker> workers, List<ScalePlan> plans) {
        Pricing pricing = summary.deployment().pricing();
        if (pricing == null) {
            return null;
        }
        Instant ended = summary.deployment().endedAt();
        Instant until = ended == null ? summary.now() : ended;
        List<Bill> bills = workers.stream().map(w -> w.bill(until)).toList();
        return RunCost.of(pricing, bills, plans, until);
    }

    private static RunInfo run(Summary summary) {
        Deployment d = summary.deployment();
        return new RunInfo(
                d.deploymentId(),
                d.project(),
                d.target(),
                d.provider(),
                d.createdAt(),
                d.endedAt(),
                TelemetrySource.state(d.endedAt(), summary.tasks()),
                null,
                null);
    }

    private static Map<TaskState, Integer> ended(Map<TaskState, Integer> tasks) {
        var ended = new EnumMap<TaskState, Integer>(TaskState.class);
        tasks.forEach(
                (state, count) -> {
                    if (state.terminal()) {
                        ended.put(state, count);
                    }
                });
        return ended;
    }

    private static Map<String, WorkerCounts> counts(List<Worker> workers) {
        var counts = new LinkedHashMap<String, WorkerCounts>();
        workers.forEach(w -> counts.merge(w.component(), w.count(), WorkerCounts::plus));
        return counts;
    }

    private static Map<String, Durations> durations(List<TaskDurations> tasks) {
        var durations = new LinkedHashMap<String, Durations>();
        tasks.forEach(
                t -> durations.put(t.task(), new Durations(t.count(), t.p50(), t.p95(), t.max())));
        return durations;
    }

    private static WorkerLifecycle failure(String deploymentId, Worker worker) {
        FailureClass why = worker.failureClass();
        String reason = worker.reason();
        Instant at = worker.endedAt();
        return new WorkerFailed(
                deploymentId,
                worker.component(),
                worker.workerId(),
                why == null ? FailureClass.NODE_FAILURE : why,
                reason == null ? "" : reason,
                worker.log(),
                at == null ? Instant.EPOCH : at);
    }

    private static @Nullable Double seconds(Instant from, @Nullable Instant to) {
        return to == null ? null : (Double) (Duration.between(from, to).toMillis() / 1000.0);
    }
}
