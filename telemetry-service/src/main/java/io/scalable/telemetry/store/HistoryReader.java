package io.scalable.telemetry.store;

import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.TaskHistory;
import io.scalable.telemetry.domain.WorkerHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers questions about history. All methods throw {@link StoreException} if the store fails. */
public final class HistoryReader {

    private final DataSource source;

    public HistoryReader(DataSource source) {
        this.source = source;
    }

    /** The newest {@code limit} deployments, newest first. */
    public List<DeploymentHistory> deployments(int limit) {
        return query(
                "SELECT * FROM deployments ORDER BY created_at DESC, deployment_id LIMIT ?",
                Rows::deployment,
                limit);
    }

    /** The deployment of that id. */
    public Optional<DeploymentHistory> deployment(String id) {
        return query("SELECT * FROM deployments WHERE deployment_id = ?", Rows::deployment, id)
                .stream()
                .findFirst();
    }

    /** How many tasks of a deployment are in which state; states without tasks are left out. */
    public Map<TaskState, Long> taskCounts(String deploymentId) {
        record Count(TaskState state, long tasks) {}
        var counts = new EnumMap<TaskState, Long>(TaskState.class);
        query(
                        "SELECT state, COUNT(*) AS tasks FROM tasks WHERE deployment_id = ?"
                                + " GROUP BY state",
                        row ->
                                new Count(
                                        TaskState.valueOf(row.getString("state")),
                                        row.getLong("tasks")),
                        deploymentId)
                .forEach(count -> counts.put(count.state(), count.tasks()));
        return counts;
    }

    /**
     * A page of a deployment's tasks, by id.
     *
     * @param state only tasks in it; null for all
     * @param limit at most so many
     * @param offset after so many
     */
    public List<TaskHistory> tasks(
            String deploymentId, @Nullable TaskState state, int limit, int offset) {
        return state == null
                ? query(
                        "SELECT * FROM tasks WHERE deployment_id = ?"
                                + " ORDER BY task_id LIMIT ? OFFSET ?",
                        Rows::task,
                        deploymentId,
                        limit,
                        offset)
                : query(
                        "SELECT * FROM tasks WHERE deployment_id = ? AND state = ?"
                                + " ORDER BY task_id LIMIT ? OFFSET ?",
                        Rows::task,
                        deploymentId,
                        state.name(),
                        limit,
                        offset);
    }

    /** A deployment's workers, those that are gone too, by id. */
    public List<WorkerHistory> workers(String deploymentId) {
        return query(
                "SELECT * FROM workers WHERE deployment_id = ? ORDER BY worker_id",
                Rows::worker,
                deploymentId);
    }

    /** A deployment's scale plans, oldest first. */
    public List<ScalePlan> decisions(String deploymentId) {
        return query(
                "SELECT * FROM decisions WHERE deployment_id = ? ORDER BY generation",
                Rows::decision,
                deploymentId);
    }

    /** A deployment's failed attempts, oldest first. */
    public List<FailedAttempt> failures(String deploymentId, int limit, int offset) {
        return query(
                "SELECT * FROM failures WHERE deployment_id = ?"
                        + " ORDER BY failed_at, event_id LIMIT ? OFFSET ?",
                Rows::failure,
                deploymentId,
                limit,
                offset);
    }

    private <T> List<T> query(String sql, Rows.Reader<T> reader, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            return Rows.query(connection, sql, reader, parameters);
        } catch (SQLException e) {
            throw new StoreException("cannot read history", e);
        }
    }
}
