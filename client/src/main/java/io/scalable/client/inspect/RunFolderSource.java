package io.scalable.client.inspect;

import io.scalable.client.run.DeploymentCondition;
import io.scalable.client.run.FailureRecord;
import io.scalable.client.run.RunBroker;
import io.scalable.client.run.RunException;
import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunInfo;
import io.scalable.client.run.RunLife;
import io.scalable.client.run.RunState;
import io.scalable.client.run.RunSummary;
import io.scalable.client.run.Runs;
import io.scalable.client.run.TaskRecord;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.deployment.DeploymentSpec;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.TaskHistory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a folder. What a run that goes on has not written yet is asked of its broker; what
 * its folder says of a task goes before what the broker says.
 */
public final class RunFolderSource implements DeploymentSource {

    private final Runs runs;
    private final Duration patience;

    /**
     * @param patience for the broker of a run that goes on to answer
     */
    public RunFolderSource(Runs runs, Duration patience) {
        this.runs = runs;
        this.patience = patience;
    }

    @Override
    public List<DeploymentView> list() throws IOException {
        var views = new ArrayList<DeploymentView>();
        for (String id : runs.ids()) {
            views.add(listed(runs.find(id)));
        }
        return views;
    }

    @Override
    public Optional<DeploymentView> find(String id) throws IOException {
        Optional<RunFolder> run = runs.ofDeployment(id);
        return run.isPresent() ? Optional.of(view(run.get())) : Optional.empty();
    }

    @Override
    public List<TaskHistory> tasks(String id) throws IOException {
        RunFolder run = runs.find(id);
        String deployment = run.info().deploymentId();
        var tasks = new TreeMap<String, TaskHistory>();
        Optional<BrokerSource> broker = broker(run);
        if (broker.isPresent()) {
            broker.get().tasks(deployment).forEach(task -> tasks.put(task.taskId(), task));
        }
        run.tasks().read().forEach(task -> tasks.put(task.taskId(), history(deployment, task)));
        return List.copyOf(tasks.values());
    }

    @Override
    public List<String> needs(String id, String taskId) throws IOException {
        RunFolder run = runs.find(id);
        for (TaskRecord task : run.tasks().read()) {
            if (task.taskId().equals(taskId)) {
                return task.needs();
            }
        }
        Optional<BrokerSource> broker = broker(run);
        return broker.isPresent()
                ? broker.get().needs(run.info().deploymentId(), taskId)
                : List.of();
    }

    @Override
    public List<FailedAttemptView> failedAttempts(String id) throws IOException {
        RunFolder run = runs.find(id);
        var failures = new LinkedHashMap<String, FailedAttemptView>();
        for (FailureRecord failure : run.failures().read()) {
            failures.put(failure.taskId() + "#" + failure.attempt(), view(failure));
        }
        Optional<BrokerSource> broker = broker(run);
        if (broker.isPresent()) {
            broker.get()
                    .failedAttempts(run.info().deploymentId())
                    .forEach(f -> failures.put(f.taskId() + "#" + f.attempt(), f));
        }
        return List.copyOf(failures.values());
    }

    @Override
    public List<WorkerView> workers(String id) throws IOException {
        var workers = new LinkedHashMap<String, WorkerView>();
        runs.find(id)
                .workers()
                .read()
                .forEach(event -> workers.put(event.workerId(), WorkerView.of(event)));
        return List.copyOf(workers.values());
    }

    @Override
    public List<ScalePlan> plans(String id) throws IOException {
        return runs.find(id).decisions().read();
    }

    @Override
    public Optional<DeploymentCondition> condition(String id) throws IOException {
        RunFolder run = runs.find(id);
        Optional<BrokerSource> broker = broker(run);
        return broker.isPresent()
                ? broker.get().condition(run.info().deploymentId())
                : Optional.empty();
    }

    @Override
    public Optional<WorkerLog> workerLog(String id, String worker) throws IOException {
        RunFolder run = runs.find(id);
        Path folder = run.file("workers");
        Optional<WorkerLog> file =
                WorkerLogs.file(List.of(folder, folder.resolve("workers")), worker);
        return file.isPresent() ? file : WorkerLogs.lastLines(run.workers().read(), worker);
    }

    @Override
    public Optional<ScalePlan> scale(String id, ScaleWish wish) throws IOException {
        RunFolder run = runs.find(id);
        return driven(run).scale(run.info().deploymentId(), wish);
    }

    @Override
    public void cancel(String id, Cancellation what) throws IOException {
        RunFolder run = runs.find(id);
        driven(run).cancel(run.info().deploymentId(), what);
    }

    /**
     * The broker of a run that goes on.
     *
     * @throws RunException if it does not
     */
    private BrokerSource driven(RunFolder run) throws IOException {
        RunInfo info = run.info();
        return broker(run)
                .orElseThrow(
                        () ->
                                new RunException(
                                        info.finished() != null
                                                ? "run %s has ended (%s)"
                                                        .formatted(info.id(), info.state())
                                                : "the process of run %s is gone; go on with it: scalable retry %s"
                                                        .formatted(info.id(), info.id()),
                                        null));
    }

    /** The broker of a run that a process drives. */
    private Optional<BrokerSource> broker(RunFolder run) throws IOException {
        Optional<RunBroker> broker = run.isDriven() ? run.broker() : Optional.empty();
        return broker.map(there -> new BrokerSource(there.kafka(), patience, List.of()));
    }

    /** One damaged run must not hide the others. */
    private static DeploymentView listed(RunFolder run) throws IOException {
        try {
            return view(run);
        } catch (IOException e) {
            return view(run.info(), null, null, e.getMessage());
        }
    }

    private static DeploymentView view(RunFolder run) throws IOException {
        RunInfo info = run.info();
        boolean left = info.state() == RunState.RUNNING && !run.isDriven();
        return view(
                info,
                run.isDeployed() ? run.deployment() : null,
                run.summary().orElse(null),
                left ? "its process is gone" : info.problem());
    }

    private static DeploymentView view(
            RunInfo info,
            @Nullable DeploymentSpec spec,
            @Nullable RunSummary summary,
            @Nullable String problem) {
        RunSummary counted = info.finished() == null ? null : summary;
        return new DeploymentView(
                info.id(),
                info.deploymentId(),
                info.project(),
                info.target(),
                info.provider(),
                spec == null ? null : spec.providerHost(),
                info.state() == RunState.RUNNING && problem != null
                        ? RunState.INTERRUPTED
                        : info.state(),
                problem,
                info.started(),
                info.finished(),
                counted == null ? null : counted.seconds(),
                spec == null ? List.of() : spec.components().stream().map(c -> c.name()).toList(),
                counted == null ? Map.of() : counted.tasks(),
                spec == null ? List.of() : storages(info, spec.storage()));
    }

    /** Each life but the first keeps its logs in a folder of the first one's. */
    static List<URI> storages(RunInfo info, URI newest) {
        String last = withSlash(newest.toString());
        String first =
                info.lives().size() == 1
                        ? last
                        : last.substring(0, last.lastIndexOf('/', last.length() - 2) + 1);
        return info.lives().reversed().stream()
                .map(RunLife::deploymentId)
                .map(life -> URI.create(life.equals(info.id()) ? first : first + life + "/"))
                .toList();
    }

    private static String withSlash(String place) {
        return place.endsWith("/") ? place : place + "/";
    }

    private static TaskHistory history(String deployment, TaskRecord task) {
        return new TaskHistory(
                deployment,
                task.taskId(),
                task.task(),
                task.component(),
                task.state(),
                task.attempts(),
                task.worker(),
                task.queuedAt(),
                task.startedAt(),
                task.finishedAt(),
                task.durationSeconds(),
                reason(task));
    }

    private static @Nullable String reason(TaskRecord task) {
        Failure failure = task.failure();
        return failure == null ? task.reason() : failure.message();
    }

    private static FailedAttemptView view(FailureRecord failure) {
        return new FailedAttemptView(
                failure.taskId(),
                failure.attempt(),
                failure.worker(),
                failure.failure(),
                failure.gaveUp(),
                null);
    }
}
