package io.scalable.telemetry.store;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.Failure;
import io.scalable.contracts.task.FailureClass;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.domain.ComponentHistory;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.FailureCause;
import io.scalable.telemetry.domain.PoolDecision;
import io.scalable.telemetry.domain.PoolHistory;
import io.scalable.telemetry.domain.PoolSample;
import io.scalable.telemetry.domain.ProviderHost;
import io.scalable.telemetry.domain.SetAside;
import io.scalable.telemetry.domain.TaskDurations;
import io.scalable.telemetry.domain.WorkerHistory;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How rows become what is remembered; {@link Tables} is the way there. */
final class Rows {

    /** Reads the row that {@code rows} stands on. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }

    private Rows() {}

    /** What {@code sql} finds, in its order; {@code parameters} stand for its question marks. */
    static <T> List<T> query(
            Connection connection, String sql, Reader<T> reader, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var found = new ArrayList<T>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }

    static DeploymentHistory deployment(ResultSet row) throws SQLException {
        return new DeploymentHistory(
                row.getString("deployment_id"),
                row.getString("project"),
                row.getString("target"),
                row.getString("provider"),
                row.getString("objective"),
                row.getString("policy"),
                uri(row, "storage"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row, "ended_at"),
                pricing(row.getString("pricing")),
                row.getString("provider_host"));
    }

    static SetAside setAside(ResultSet row) throws SQLException {
        return new SetAside(
                row.getString("deployment_id"),
                row.getString("service"),
                row.getString("reason"),
                row.getObject("set_aside_at", OffsetDateTime.class).toInstant());
    }

    static ProviderHost providerHost(ResultSet row) throws SQLException {
        return new ProviderHost(
                row.getString("host_id"),
                Stream.of(row.getString("providers").split(","))
                        .filter(provider -> !provider.isEmpty())
                        .toList(),
                row.getObject("heard_at", OffsetDateTime.class).toInstant());
    }

    private static @Nullable Pricing pricing(@Nullable String json) {
        return json == null ? null : Tables.PRICING.decode(json);
    }

    static TaskHistory task(ResultSet row) throws SQLException {
        return new TaskHistory(
                row.getString("deployment_id"),
                row.getString("task_id"),
                row.getString("task"),
                row.getString("component"),
                TaskState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                row.getString("worker_id"),
                time(row, "queued_at"),
                time(row, "started_at"),
                time(row, "finished_at"),
                row.getObject("duration_seconds", Double.class),
                row.getString("reason"));
    }

    static WorkerHistory worker(ResultSet row) throws SQLException {
        return new WorkerHistory(
                row.getString("deployment_id"),
                row.getString("worker_id"),
                row.getString("component"),
                WorkerHistory.State.valueOf(row.getString("state")),
                row.getString("place"),
                time(row, "requested_at"),
                time(row, "started_at"),
                time(row, "ended_at"),
                row.getString("reason"),
                failureClass(row),
                row.getString("log"));
    }

    static FailedAttempt failure(ResultSet row) throws SQLException {
        return new FailedAttempt(
                row.getString("deployment_id"),
                row.getString("event_id"),
                row.getString("task_id"),
                row.getInt("attempt"),
                row.getString("worker_id"),
                new Failure(
                        FailureClass.valueOf(row.getString("failure_class")),
                        row.getString("type"),
                        row.getString("message"),
                        row.getString("stack")),
                row.getBoolean("terminal"),
                row.getObject("failed_at", OffsetDateTime.class).toInstant());
    }

    static FailureCause failureCause(ResultSet row) throws SQLException {
        return new FailureCause(
                row.getString("task"),
                FailureClass.valueOf(row.getString("failure_class")),
                row.getString("type"),
                row.getString("message"),
                row.getLong("attempts"),
                row.getLong("tasks"),
                row.getString("example"),
                row.getObject("newest_at", OffsetDateTime.class).toInstant());
    }

    static TaskDurations durations(ResultSet row) throws SQLException {
        return new TaskDurations(
                row.getString("task"),
                row.getLong("tasks"),
                row.getDouble("p50"),
                row.getDouble("p95"),
                row.getDouble("longest"));
    }

    static ScalePlan decision(ResultSet row) throws SQLException {
        return Tables.PLANS.decode(row.getString("plan"));
    }

    static PoolSample sample(ResultSet row) throws SQLException {
        return new PoolSample(
                row.getString("deployment_id"),
                row.getString("component"),
                row.getObject("sampled_at", OffsetDateTime.class).toInstant(),
                row.getInt("blocked"),
                row.getInt("ready"),
                row.getInt("running"),
                row.getInt("done"),
                row.getInt("idle"),
                row.getInt("starting"),
                row.getInt("draining"),
                row.getInt("alive"));
    }

    static PoolDecision poolDecision(ResultSet row) throws SQLException {
        return new PoolDecision(
                row.getString("deployment_id"),
                row.getString("component"),
                row.getLong("generation"),
                row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                row.getInt("workers_before"),
                row.getInt("workers_after"),
                row.getString("reason"),
                row.getString("binding_constraint"));
    }

    /** A pool with its newest sample, whose columns are null where there is none. */
    static PoolHistory pool(ResultSet row) throws SQLException {
        var component =
                new ComponentHistory(
                        row.getString("deployment_id"),
                        row.getString("component"),
                        row.getDouble("cpus"),
                        row.getLong("memory_bytes"),
                        row.getInt("slots"),
                        row.getInt("minimum"),
                        row.getInt("maximum"));
        return new PoolHistory(
                component,
                row.getObject("desired", Integer.class),
                time(row, "sampled_at") == null ? null : sample(row),
                row.getLong("workers_started"),
                row.getDouble("worker_seconds"),
                row.getDouble("core_hours"));
    }

    private static @Nullable FailureClass failureClass(ResultSet row) throws SQLException {
        String name = row.getString("failure_class");
        return name == null ? null : FailureClass.valueOf(name);
    }

    private static @Nullable URI uri(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : URI.create(text);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
