package io.scalable.telemetry.store;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.scaling.ScalePlan;
import io.scalable.contracts.task.TaskHistory;
import io.scalable.telemetry.domain.DeploymentHistory;
import io.scalable.telemetry.domain.FailedAttempt;
import io.scalable.telemetry.domain.FailureCause;
import io.scalable.telemetry.domain.PoolDecision;
import io.scalable.telemetry.domain.PoolHistory;
import io.scalable.telemetry.domain.PoolSample;
import io.scalable.telemetry.domain.TaskDurations;
import io.scalable.telemetry.domain.TaskTotals;
import io.scalable.telemetry.domain.WorkerHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Answers questions about history. All methods throw {@link StoreException} if the store fails. */
public final class HistoryReader {

    private static final int PAGE = 5_000;
    private static final String CANNOT_READ = "cannot read history";

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

    /**
     * How many tasks of a deployment are in which state, and when they began and ended; those whose
     * rows are forgotten count.
     */
    public TaskTotals taskTotals(String deploymentId) {
        try (Connection connection = source.getConnection()) {
            return ForgottenTasks.totals(connection, deploymentId);
        } catch (SQLException e) {
            throw StoreException.of(CANNOT_READ, e);
        }
    }

    /**
     * A page of a deployment's tasks, by id.
     *
     * @param limit at most so many
     * @param offset after so many
     */
    public List<TaskHistory> tasks(String deploymentId, TaskFilter filter, int limit, int offset) {
        List<Object> parameters = filter.parameters(deploymentId);
        parameters.add(limit);
        parameters.add(offset);
        return query(
                "SELECT * FROM tasks WHERE "
                        + filter.where()
                        + " ORDER BY deployment_id, task_id LIMIT ? OFFSET ?",
                Rows::task,
                parameters.toArray());
    }

    /** How many tasks of a deployment {@code filter} lets through. */
    public long countTasks(String deploymentId, TaskFilter filter) {
        return query(
                        "SELECT COUNT(*) AS tasks FROM tasks WHERE " + filter.where(),
                        row -> row.getLong("tasks"),
                        filter.parameters(deploymentId).toArray())
                .getFirst();
    }

    /** A deployment's pools as they are now, by name. */
    public List<PoolHistory> pools(String deploymentId) {
        return query(
                """
                SELECT c.*, s.sampled_at, s.blocked, s.ready, s.running, s.done, s.idle, s.starting,
                       s.draining, s.alive, p.desired, u.workers_started, u.worker_seconds, u.core_hours
                FROM components c
                LEFT JOIN pool_samples s ON s.deployment_id = c.deployment_id AND s.component = c.component
                    AND s.sampled_at = (SELECT MAX(sampled_at) FROM pool_samples
                                        WHERE deployment_id = c.deployment_id AND component = c.component)
                LEFT JOIN pool_plans p ON p.deployment_id = c.deployment_id AND p.component = c.component
                    AND p.generation = (SELECT MAX(generation) FROM pool_plans
                                        WHERE deployment_id = c.deployment_id AND component = c.component)
                LEFT JOIN pool_usage u ON u.deployment_id = c.deployment_id AND u.component = c.component
                WHERE c.deployment_id = ?
                ORDER BY c.component
                """,
                Rows::pool,
                deploymentId);
    }

    /** What all of a deployment's pools have used, in hours of one core. */
    public double coreHours(String deploymentId) {
        return query(
                        "SELECT COALESCE(SUM(core_hours), 0) AS used FROM pool_usage"
                                + " WHERE deployment_id = ?",
                        row -> row.getDouble("used"),
                        deploymentId)
                .getFirst();
    }

    /**
     * What a deployment's pools needed and had, oldest first.
     *
     * @param since not before
     */
    public List<PoolSample> samples(String deploymentId, Instant since, int limit) {
        return query(
                "SELECT * FROM pool_samples WHERE deployment_id = ? AND sampled_at >= ?"
                        + " ORDER BY sampled_at, component LIMIT ?",
                Rows::sample,
                deploymentId,
                since.atOffset(ZoneOffset.UTC),
                limit);
    }

    /** The newest changes of a deployment's pools with their reasons, oldest first. */
    public List<PoolDecision> poolDecisions(String deploymentId, int limit) {
        return query(
                        "SELECT * FROM pool_decisions WHERE deployment_id = ?"
                                + " ORDER BY generation DESC, component DESC LIMIT ?",
                        Rows::poolDecision,
                        deploymentId,
                        limit)
                .reversed();
    }

    /** A deployment's newest scale plan. */
    public Optional<ScalePlan> newestDecision(String deploymentId) {
        return query(
                        "SELECT * FROM decisions WHERE deployment_id = ?"
                                + " ORDER BY generation DESC LIMIT 1",
                        Rows::decision,
                        deploymentId)
                .stream()
                .findFirst();
    }

    /** One worker of a deployment. */
    public Optional<WorkerHistory> worker(String deploymentId, String workerId) {
        return query(
                        "SELECT * FROM workers WHERE deployment_id = ? AND worker_id = ?",
                        Rows::worker,
                        deploymentId,
                        workerId)
                .stream()
                .findFirst();
    }

    /**
     * A page of a deployment's workers: those that are there first, then those that are gone, the
     * newest first.
     */
    public List<WorkerHistory> workers(String deploymentId, int limit, int offset) {
        return query(
                "SELECT * FROM workers WHERE deployment_id = ?"
                        + " ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END,"
                        + " COALESCE(requested_at, started_at, ended_at) DESC, worker_id"
                        + " LIMIT ? OFFSET ?",
                Rows::worker,
                deploymentId,
                limit,
                offset);
    }

    /** How many workers a deployment has or had, with those whose rows are forgotten. */
    public long countWorkers(String deploymentId) {
        long kept =
                query(
                                "SELECT COUNT(*) AS workers FROM workers WHERE deployment_id = ?",
                                row -> row.getLong("workers"),
                                deploymentId)
                        .getFirst();
        return kept
                + forgottenWorkers(deploymentId).stream()
                        .mapToLong(ForgottenWorkers::workers)
                        .sum();
    }

    private List<ForgottenWorkers> forgottenWorkers(String deploymentId) {
        try (Connection connection = source.getConnection()) {
            return ForgottenWorkers.of(connection, deploymentId);
        } catch (SQLException e) {
            throw StoreException.of(CANNOT_READ, e);
        }
    }

    /**
     * What all workers of a deployment have cost until {@code now}, with those whose rows are
     * forgotten; null without prices.
     */
    public @Nullable Double spent(DeploymentHistory deployment, Instant now) {
        Pricing prices = deployment.pricing();
        if (prices == null) {
            return null;
        }
        double spent =
                forgottenWorkers(deployment.deploymentId()).stream()
                        .mapToDouble(ForgottenWorkers::spent)
                        .sum();
        int offset = 0;
        List<WorkerHistory> page;
        do {
            page = workers(deployment.deploymentId(), PAGE, offset);
            spent += page.stream().mapToDouble(w -> w.cost(prices, now)).sum();
            offset += PAGE;
        } while (page.size() == PAGE);
        return spent;
    }

    /** The newest tasks that a worker has or had, newest first; those that it runs come first. */
    public List<TaskHistory> tasksOf(String deploymentId, String workerId, int limit) {
        return query(
                "SELECT * FROM tasks WHERE deployment_id = ? AND worker_id = ?"
                        + " ORDER BY CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END,"
                        + " started_at DESC, task_id LIMIT ?",
                Rows::task,
                deploymentId,
                workerId,
                limit);
    }

    /** A deployment's newest scale plans, oldest first. */
    public List<ScalePlan> decisions(String deploymentId, int limit) {
        return query(
                        "SELECT * FROM decisions WHERE deployment_id = ?"
                                + " ORDER BY generation DESC LIMIT ?",
                        Rows::decision,
                        deploymentId,
                        limit)
                .reversed();
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

    /** A deployment's failed attempts by cause; what made most tasks fail first. */
    public List<FailureCause> failureCauses(String deploymentId, int limit) {
        return query(
                """
                SELECT t.task, f.failure_class, f.type, f.message, COUNT(*) AS attempts,
                       SUM(CASE WHEN f.terminal THEN 1 ELSE 0 END) AS tasks,
                       MIN(f.task_id) AS example, MAX(f.failed_at) AS newest_at
                FROM failures f
                JOIN tasks t ON t.deployment_id = f.deployment_id AND t.task_id = f.task_id
                WHERE f.deployment_id = ?
                GROUP BY t.task, f.failure_class, f.type, f.message
                ORDER BY tasks DESC, attempts DESC, example
                LIMIT ?
                """,
                Rows::failureCause,
                deploymentId,
                limit);
    }

    /** How long a deployment's tasks took that succeeded, by task name. */
    public List<TaskDurations> durations(String deploymentId) {
        return query(
                """
                SELECT task, COUNT(*) AS tasks, MAX(duration_seconds) AS longest,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY duration_seconds) AS p50,
                       PERCENTILE_CONT(0.95) WITHIN GROUP (ORDER BY duration_seconds) AS p95
                FROM tasks
                WHERE deployment_id = ? AND state = 'SUCCEEDED' AND duration_seconds IS NOT NULL
                GROUP BY task
                ORDER BY task
                """,
                Rows::durations,
                deploymentId);
    }

    private <T> List<T> query(String sql, Rows.Reader<T> reader, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            return Rows.query(connection, sql, reader, parameters);
        } catch (SQLException e) {
            throw StoreException.of(CANNOT_READ, e);
        }
    }
}
