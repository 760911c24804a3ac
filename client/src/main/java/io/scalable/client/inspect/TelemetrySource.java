package io.scalable.client.inspect;

import io.scalable.client.run.DeploymentCondition;
import io.scalable.client.run.RunException;
import io.scalable.client.run.RunState;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.service.ServiceEvent.DeploymentSetAside;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deployments as telemetry remembers them, those that have ended among them. It hears of a task
 * once the task may run, and not what the task waits for.
 */
public final class TelemetrySource implements DeploymentSource {

    private static final int LISTED = 10_000;

    private final URI root;
    private final HistoryClient history;

    /** As telemetry answers them; further fields are passed over. */
    private record Deployment(
            String deploymentId,
            String project,
            String target,
            String provider,
            @Nullable URI storage,
            Instant createdAt,
            @Nullable Instant endedAt,
            @Nullable String providerHost) {}

    private record Summary(
            Deployment deployment,
            Map<TaskState, Integer> tasks,
            @Nullable List<DeploymentSetAside> setAside,
            @Nullable List<MissingNeed> missing,
            @Nullable Host host) {}

    private record Host(boolean lives, List<String> providers) {}

    private record Pool(Component component) {}

    private record Component(String component) {}

    private record Attempt(
            String taskId,
            int attempt,
            @Nullable String workerId,
            Failure failure,
            boolean terminal,
            Instant failedAt) {}

    private record Worker(
            String workerId,
            String component,
            String state,
            @Nullable String place,
            @Nullable Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String reason,
            @Nullable String log) {

        WorkerView view() {
            Instant since = endedAt != null ? endedAt : startedAt != null ? startedAt : requestedAt;
            String detail = reason != null ? reason : place;
            return new WorkerView(
                    workerId,
                    component,
                    state.toLowerCase(Locale.ROOT),
                    detail == null ? "" : detail,
                    since == null ? Instant.EPOCH : since);
        }
    }

    /**
     * @param root telemetry's address, such as {@code http://localhost:8080}
     * @param token what it wants to be asked with; null if nothing
     */
    public TelemetrySource(URI root, @Nullable String token) {
        this.root = root;
        this.history = new HistoryClient(root, token);
    }

    @Override
    public List<DeploymentView> list() throws IOException {
        var views = new ArrayList<DeploymentView>();
        for (Deployment known : history.list("?limit=" + LISTED, Deployment.class)) {
            // How one ended is in the states of its tasks.
            views.addFirst(
                    known.endedAt() == null
                            ? view(known, RunState.RUNNING, Map.of(), List.of())
                            : view(summary(known.deploymentId()), List.of()));
        }
        return views;
    }

    @Override
    public Optional<DeploymentView> find(String id) throws IOException {
        if (history.list("?limit=" + LISTED, Deployment.class).stream()
                .noneMatch(known -> known.deploymentId().equals(id))) {
            return Optional.empty();
        }
        List<String> pools =
                history.list(path(id) + "/pools", Pool.class).stream()
                        .map(pool -> pool.component().component())
                        .toList();
        return Optional.of(view(summary(id), pools));
    }

    @Override
    public List<TaskHistory> tasks(String id) throws IOException {
        return history.all(path(id) + "/tasks?", TaskHistory.class);
    }

    @Override
    public List<String> needs(String id, String taskId) {
        return List.of();
    }

    @Override
    public List<FailedAttemptView> failedAttempts(String id) throws IOException {
        return history.all(path(id) + "/failures?", Attempt.class).stream()
                .map(
                        a ->
                                new FailedAttemptView(
                                        a.taskId(),
                                        a.attempt(),
                                        a.workerId(),
                                        a.failure(),
                                        a.terminal(),
                                        a.failedAt()))
                .toList();
    }

    @Override
    public List<WorkerView> workers(String id) throws IOException {
        return history.all(path(id) + "/workers?", Worker.class).stream()
                .map(Worker::view)
                .toList();
    }

    @Override
    public List<ScalePlan> plans(String id) throws IOException {
        return history.list(path(id) + "/decisions", ScalePlan.class);
    }

    @Override
    public Optional<DeploymentCondition> condition(String id) throws IOException {
        Summary summary = summary(id);
        if (summary.deployment().endedAt() != null) {
            return Optional.empty();
        }
        List<ScalePlan> newest = history.list(path(id) + "/decisions?limit=1", ScalePlan.class);
        Host host = summary.host();
        return Optional.of(
                new DeploymentCondition(
                        newest.isEmpty() ? null : newest.getLast(),
                        given(summary.setAside()),
                        given(summary.missing()),
                        host != null && host.lives() ? host.providers() : null));
    }

    @Override
    public Optional<WorkerLog> workerLog(String id, String worker) throws IOException {
        return history.all(path(id) + "/workers?", Worker.class).stream()
                .filter(known -> known.workerId().equals(worker) && known.log() != null)
                .findFirst()
                .map(known -> new WorkerLog(null, known.log()));
    }

    @Override
    public Optional<ScalePlan> scale(String id, ScaleWish wish) {
        throw tellsOnly();
    }

    /** Telemetry decides nothing. */
    @Override
    public void cancel(String id, Cancellation what) {
        throw tellsOnly();
    }

    private RunException tellsOnly() {
        return new RunException(
                "telemetry at "
                        + root
                        + " only tells what happens; name the brokers instead: --bootstrap"
                        + " HOST:PORT",
                null);
    }

    @Override
    public void close() {
        history.close();
    }

    private Summary summary(String id) throws IOException {
        return history.get(path(id), Summary.class);
    }

    private static String path(String id) {
        return HistoryClient.path(id);
    }

    private static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static DeploymentView view(Summary summary, List<String> pools) {
        return view(
                summary.deployment(),
                state(summary.deployment().endedAt(), summary.tasks()),
                summary.tasks(),
                pools);
    }

    /** How a deployment stands, by when it ended and the states of its tasks. */
    public static RunState state(@Nullable Instant endedAt, Map<TaskState, Integer> tasks) {
        if (endedAt == null) {
            return RunState.RUNNING;
        }
        if (tasks.containsKey(TaskState.FAILED) || tasks.containsKey(TaskState.DEAD_LETTERED)) {
            return RunState.FAILED;
        }
        return tasks.keySet().stream().allMatch(s -> s == TaskState.SUCCEEDED)
                ? RunState.SUCCEEDED
                : RunState.CANCELLED;
    }

    private static DeploymentView view(
            Deployment known, RunState state, Map<TaskState, Integer> tasks, List<String> pools) {
        Instant ended = known.endedAt();
        URI storage = known.storage();
        return new DeploymentView(
                known.deploymentId(),
                known.deploymentId(),
                known.project(),
                known.target(),
                known.provider(),
                known.providerHost(),
                state,
                null,
                known.createdAt(),
                ended,
                ended == null
                        ? null
                        : Duration.between(known.createdAt(), ended).toMillis() / 1000.0,
                pools,
                tasks,
                storage == null ? List.of() : List.of(storage));
    }
}
