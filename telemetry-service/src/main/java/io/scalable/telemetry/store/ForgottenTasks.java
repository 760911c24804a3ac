package io.scalable.telemetry.store;

import io.scalable.contracts.task.TaskState;
import io.scalable.telemetry.domain.TaskTotals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums of tasks whose rows are forgotten, one for each deployment and state.
 *
 * @param state the state that they ended in
 * @param tasks how many
 * @param firstQueuedAt when the first of them began to wait; null if none did
 * @param lastFinishedAt when the last of them ended
 */
record ForgottenTasks(
        TaskState state,
        long tasks,
        @Nullable Instant firstQueuedAt,
        @Nullable Instant lastFinishedAt) {

    private static final String COLUMNS =
            "state, COUNT(*) AS tasks, MIN(queued_at) AS first_queued_at,"
                    + " MAX(finished_at) AS last_finished_at FROM tasks";

    private static final Table TABLE =
            new Table(
                    "forgotten_tasks",
                    List.of("deployment_id", "state"),
                    List.of("tasks", "first_queued_at", "last_finished_at"));

    /** What a deployment's sums are. */
    static List<ForgottenTasks> of(Connection connection, String deploymentId) throws SQLException {
        return Rows.query(
                connection,
                "SELECT * FROM forgotten_tasks WHERE deployment_id = ?",
                ForgottenTasks::read,
                deploymentId);
    }

    /** A deployment's tasks in numbers: those whose rows are kept, and the sums of the others. */
    static TaskTotals totals(Connection connection, String deploymentId) throws SQLException {
        var sums = new EnumMap<TaskState, ForgottenTasks>(TaskState.class);
        Rows.query(
                        connection,
                        "SELECT " + COLUMNS + " WHERE deployment_id = ? GROUP BY state",
                        ForgottenTasks::read,
                        deploymentId)
                .forEach(one -> sums.put(one.state(), one));
        of(connection, deploymentId)
                .forEach(one -> sums.merge(one.state(), one, ForgottenTasks::plus));
        var byState = new EnumMap<TaskState, Long>(TaskState.class);
        sums.forEach((state, sum) -> byState.put(state, sum.tasks()));
        ForgottenTasks all =
                sums.values().stream()
                        .reduce(ForgottenTasks::plus)
                        .orElse(new ForgottenTasks(TaskState.BLOCKED, 0, null, null));
        return new TaskTotals(byState, all.firstQueuedAt(), all.lastFinishedAt());
    }

    /**
     * Adds the tasks that {@code where} finds to their deployment's sums.
     *
     * @param parameters of {@code where}
     * @return how many they are
     */
    static int add(Connection connection, String where, String deploymentId, Object... parameters)
            throws SQLException {
        var all = new Object[parameters.length + 1];
        all[0] = deploymentId;
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        List<ForgottenTasks> more =
                Rows.query(
                        connection,
                        "SELECT " + COLUMNS + " WHERE " + where + " GROUP BY state",
                        ForgottenTasks::read,
                        all);
        Map<TaskState, ForgottenTasks> sums = new HashMap<>();
        of(connection, deploymentId).forEach(known -> sums.put(known.state(), known));
        more.forEach(one -> sums.merge(one.state(), one, ForgottenTasks::plus));
        if (!more.isEmpty()) {
            TABLE.put(connection, sums.values().stream().map(s -> s.row(deploymentId)).toList());
        }
        return (int) more.stream().mapToLong(ForgottenTasks::tasks).sum();
    }

    static ForgottenTasks read(ResultSet row) throws SQLException {
        return new ForgottenTasks(
                TaskState.valueOf(row.getString("state")),
                row.getLong("tasks"),
                Rows.time(row, "first_queued_at"),
                Rows.time(row, "last_finished_at"));
    }

    /** Both together. */
    ForgottenTasks plus(ForgottenTasks other) {
        return new ForgottenTasks(
                state,
                tasks + other.tasks,
                earlier(firstQueuedAt, other.firstQueuedAt),
                later(lastFinishedAt, other.lastFinishedAt));
    }

    private Table.Row row(String deploymentId) {
        return Table.Row.of(
                tasks, time(firstQueuedAt), time(lastFinishedAt), deploymentId, state.name());
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isBefore(b) ? a : b;
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        return a == null ? b : b == null || a.isAfter(b) ? a : b;
    }
}
