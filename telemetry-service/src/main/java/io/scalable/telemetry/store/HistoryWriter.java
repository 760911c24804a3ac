package io.scalable.telemetry.store;

import io.scalable.telemetry.domain.History;
import io.scalable.telemetry.domain.HistoryEvent;
import io.scalable.telemetry.domain.Touched;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Folds batches of records into the store, each in one transaction: what it touches is read, folded
 * and put back. A batch may come again.
 */
public final class HistoryWriter {

    /** The state that PostgreSQL and H2 give to a broken unique key. */
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource source;

    public HistoryWriter(DataSource source) {
        this.source = source;
    }

    /**
     * Folds {@code events}, in order.
     *
     * @throws StoreException if the store refuses; nothing of the batch is kept then. Its fault
     *     says whether the same may work later
     */
    public void append(List<HistoryEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        try {
            appendOnce(events);
        } catch (SQLException first) {
            if (!insertedMeanwhile(first)) {
                throw failed(events, first);
            }
            try {
                appendOnce(events);
            } catch (SQLException second) {
                throw failed(events, second);
            }
        }
    }

    /** True if another instance, about to lose the partition to this one, put the row first. */
    private static boolean insertedMeanwhile(SQLException e) {
        return e instanceof SQLIntegrityConstraintViolationException
                || UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    private static StoreException failed(List<HistoryEvent> events, SQLException e) {
        return StoreException.of("cannot store " + events.size() + " records", e);
    }

    private void appendOnce(List<HistoryEvent> events) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                fold(connection, events);
                connection.commit();
            } catch (SQLException | StoreException e) {
                undo(connection, e);
                throw e;
            } catch (RuntimeException e) {
                undo(connection, e);
                throw new StoreException(
                        StoreException.Fault.DATA, "cannot be folded into history: " + e, e);
            }
            connection.setAutoCommit(true);
        }
    }

    /** The fault that led here is the one to tell; one of the rollback is told with it. */
    private static void undo(Connection connection, Exception fault) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            fault.addSuppressed(e);
        }
    }

    private static void fold(Connection connection, List<HistoryEvent> events) throws SQLException {
        var history = new History();
        Touched touched = Touched.by(events);
        StoredText.checkIds(touched);
        read(connection, touched, history);
        history.apply(events);
        for (String id : history.restarted()) {
            Retention.forget(connection, id);
        }
        write(connection, history);
    }

    private static void read(Connection connection, Touched touched, History history)
            throws SQLException {
        for (String id : touched.deployments()) {
            Rows.query(
                            connection,
                            "SELECT * FROM deployments WHERE deployment_id = ?",
                            Rows::deployment,
                            id)
                    .forEach(history::know);
        }
        for (var of : byDeployment(touched.tasks()).entrySet()) {
            Rows.query(
                            connection,
                            named("tasks", "task_id"),
                            Rows::task,
                            ids(connection, of.getValue()),
                            of.getKey())
                    .forEach(history::know);
        }
        for (var of : byDeployment(touched.workers()).entrySet()) {
            Rows.query(
                            connection,
                            named("workers", "worker_id"),
                            Rows::worker,
                            ids(connection, of.getValue()),
                            of.getKey())
                    .forEach(history::know);
        }
    }

    /**
     * The rows of some ids of a deployment, one look into the primary key for each: H2 would
     * compare every row of the deployment with every id of an {@code ANY}.
     */
    private static String named(String table, String id) {
        return "SELECT found.* FROM UNNEST(?) AS wanted(id) JOIN "
                + table
                + " found ON found."
                + id
                + " = wanted.id WHERE found.deployment_id = ?";
    }

    private static Map<String, List<String>> byDeployment(Set<History.Key> keys) {
        return keys.stream()
                .collect(
                        Collectors.groupingBy(
                                History.Key::deploymentId,
                                Collectors.mapping(History.Key::id, Collectors.toList())));
    }

    private static Array ids(Connection connection, List<String> ids) throws SQLException {
        return connection.createArrayOf("VARCHAR", ids.toArray());
    }

    private static void write(Connection connection, History history) throws SQLException {
        for (History.Key released : history.released()) {
            Tables.SET_ASIDE.delete(connection, released.deploymentId(), released.id());
        }
        Tables.SET_ASIDE.put(connection, history.setAside().stream().map(Tables::row).toList());
        for (var missing : history.missing().entrySet()) {
            Tables.MISSING_NEEDS.deleteAll(connection, missing.getKey());
            Tables.MISSING_NEEDS.put(
                    connection,
                    missing.getValue().stream()
                            .map(need -> Tables.row(missing.getKey(), need))
                            .toList());
        }
        Tables.PROVIDER_HOSTS.put(
                connection, history.providerHosts().stream().map(Tables::row).toList());
        Tables.DEPLOYMENTS.put(
                connection, history.deployments().stream().map(Tables::row).toList());
        Tables.TASKS.insert(connection, history.newTasks().stream().map(Tables::row).toList());
        Tables.TASKS.put(connection, history.changedTasks().stream().map(Tables::row).toList());
        Tables.WORKERS.put(connection, history.workers().stream().map(Tables::row).toList());
        Tables.FAILURES.put(connection, history.failures().stream().map(Tables::row).toList());
        Tables.DECISIONS.put(connection, history.decisions().stream().map(Tables::row).toList());
        Tables.POOL_PLANS.put(
                connection, history.decisions().stream().flatMap(Tables::poolRows).toList());
        Tables.COMPONENTS.put(connection, history.components().stream().map(Tables::row).toList());
        Tables.POOL_SAMPLES.put(connection, history.samples().stream().map(Tables::row).toList());
    }
}
