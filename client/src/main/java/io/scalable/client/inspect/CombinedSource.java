package io.scalable.client.inspect;

import io.scalable.client.run.DeploymentCondition;
import io.scalable.client.run.NoSuchRunException;
import io.scalable.client.run.WorkerView;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskHistory;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Several sources as one: the first that knows a deployment answers for it. */
public final class CombinedSource implements DeploymentSource {

    private final List<DeploymentSource> sources;

    public CombinedSource(List<? extends DeploymentSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public List<DeploymentView> list() throws IOException {
        var all = new LinkedHashMap<String, DeploymentView>();
        for (DeploymentSource source : sources) {
            for (DeploymentView view : source.list()) {
                // A run on a kept control plane is known to its folder and to the broker.
                if (all.values().stream()
                        .noneMatch(known -> known.deploymentId().equals(view.deploymentId()))) {
                    all.put(view.id(), view);
                }
            }
        }
        return all.values().stream()
                .sorted(Comparator.comparing(DeploymentView::startedAt))
                .toList();
    }

    @Override
    public Optional<DeploymentView> find(String id) throws IOException {
        for (DeploymentSource source : sources) {
            Optional<DeploymentView> found = source.find(id);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public List<TaskHistory> tasks(String id) throws IOException {
        return of(id).tasks(id);
    }

    @Override
    public List<String> needs(String id, String taskId) throws IOException {
        return of(id).needs(id, taskId);
    }

    @Override
    public List<FailedAttemptView> failedAttempts(String id) throws IOException {
        return of(id).failedAttempts(id);
    }

    @Override
    public List<WorkerView> workers(String id) throws IOException {
        return of(id).workers(id);
    }

    @Override
    public List<ScalePlan> plans(String id) throws IOException {
        return of(id).plans(id);
    }

    @Override
    public Optional<DeploymentCondition> condition(String id) throws IOException {
        return of(id).condition(id);
    }

    @Override
    public Optional<WorkerLog> workerLog(String id, String worker) throws IOException {
        return of(id).workerLog(id, worker);
    }

    @Override
    public Optional<ScalePlan> scale(String id, ScaleWish wish) throws IOException {
        return of(id).scale(id, wish);
    }

    @Override
    public void cancel(String id, Cancellation what) throws IOException {
        of(id).cancel(id, what);
    }

    private DeploymentSource of(String id) throws IOException {
        for (DeploymentSource source : sources) {
            if (source.find(id).isPresent()) {
                return source;
            }
        }
        throw new NoSuchRunException("no run or deployment '" + id + "'");
    }

    @Override
    public void close() {
        sources.forEach(DeploymentSource::close);
    }
}
