package io.scalable.telemetry.store;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.telemetry.domain.DeploymentHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Forgets what is too old, and of deployments that live what is too much. Counts of tasks
 * and workers stay right: what is forgotten of a living deployment is kept as a sum.
 */
public final class Retention {

    /**
     * Rows that a living deployment keeps, the newest.
     *
     * @param tasks tasks that have ended; all others stay
     * @param workers workers that have ended; all others stay
     * @param failures failed attempts
     * @param plans scale plans
     */
    public record Most(int tasks, int workers, int failures, int plans) {}

    private static final List<String> TABLES =
            List.of(
                    "tasks",
                    "failures",
                    "workers",
                    "decisions",
                    "pool_plans",
                    "pool_samples",
                    "components",
                    "set_aside",
                    "missing_needs",
                    "forgotten_tasks",
                    "forgotten_workers",
                    "deployments");

    /** What is beyond the newest so many of a deployment: the newest that goes. */
    private static final String BEYOND =
            "(SELECT %1$s FROM %2$s WHERE deployment_id = ? AND %1$s IS NOT NULL"
                    + " ORDER BY %1$s DESC OFFSET ? FETCH FIRST 1 ROW ONLY)";

    private final DataSource source;

    Retention(DataSource source) {
        this.source = source;
    }

    /** Deletes all that is stored of a deployment, in the connection's transaction. */
    static void forget(Connection connection, String deploymentId) throws SQLException {
        for (String table : TABLES) {
            int _ =
                    update(
                            connection,
                            "DELETE FROM " + table + " WHERE deployment_id = ?",
                            deploymentId);
        }
    }

    /**
     * Forgets the deployments that ended before {@code time}.
     *
     * @return how many
     * @throws StoreException if the store refuses
     */
    public int forgetEndedBefore(Instant time) {
        int forgotten = 0;
        for (String table : TABLES) {
            forgotten =
                    update(
                            "DELETE FROM "
                                    + table
                                    + " WHERE deployment_id IN (SELECT deployment_id FROM"
                                    + " deployments WHERE ended_at < ?)",
                            time.atOffset(ZoneOffset.UTC));
        }
        return forgotten;
    }

    /**
     * Leaves one sample of each pool and minute before {@code time}, the last. Each sample is
     * compared with those of its own minute.
     *
     * @return how many are gone
     * @throws StoreException if the store refuses
     */
    public int thinSamplesBefore(Instant time) {
        return update(
                """
                DELETE FROM pool_samples WHERE sampled_at < ? AND EXISTS
                    (SELECT 1 FROM pool_samples later
                     WHERE later.deployment_id = pool_samples.deployment_id
                       AND later.component = pool_samples.component
                       AND later.sampled_at > pool_samples.sampled_at
                       AND later.sampled_at < DATE_TRUNC('MINUTE', pool_samples.sampled_at) + INTERVAL '1' MINUTE)
                """,
                time.atOffset(ZoneOffset.UTC));
    }

    /**
     * Forgets the samples of before {@code time}, and provider hosts that are silent since then.
     *
     * @return how many samples are gone
     * @throws StoreException if the store refuses
     */
    public int forgetSamplesBefore(Instant time) {
        int _ =
                update(
                        "DELETE FROM provider_hosts WHERE heard_at < ?",
                        time.atOffset(ZoneOffset.UTC));
        return update(
                "DELETE FROM pool_samples WHERE sampled_at < ?", time.atOffset(ZoneOffset.UTC));
    }

    /**
     * Forgets the oldest rows of deployments that have too many; each in a transaction of its own.
     *
     * @return how many rows are gone
     * @throws StoreException if the store refuses
     */
    public int bound(Most most) {
        int gone = 0;
        for (String id : deployments()) {
            gone += boundTasks(id, most.tasks());
            gone += boundWorkers(id, most.workers());
            gone += boundTable("failures", "failed_at", id, most.failures());
            gone += boundTable("pool_plans", "generation", id, most.plans());
            gone += boundTable("decisions", "generation", id, most.plans());
        }
        return gone;
    }

    private List<String> deployments() {
        try (Connection connection = source.getConnection()) {
            return Rows.query(
                    connection,
                    "SELECT DISTINCT deployment_id FROM tasks UNION SELECT deployment_id FROM"
                            + " deployments",
                    row -> row.getString("deployment_id"));
        } catch (SQLException e) {
            throw StoreException.of("cannot forget what is old", e);
        }
    }

    /** Adds the rows that {@code where} finds to the sums, and says how many they are. */
    @FunctionalInterface
    private interface Sums {
        int add(Connection connection, String where) throws SQLException;
    }

    private int boundTasks(String id, int most) {
        return intoSums(
                "tasks",
                "finished_at",
                id,
                most,
                (connection, old) -> ForgottenTasks.add(connection, old, id, id, most));
    }

    private int boundWorkers(String id, int most) {
        return intoSums(
                "workers",
                "ended_at",
                id,
                most,
                (connection, old) ->
                        ForgottenWorkers.add(
                                connection, old, id, pricing(connection, id), id, id, most));
    }

    private static @Nullable Pricing pricing(Connection connection, String id)
            throws SQLException {
        return Rows.query(
                        connection,
                        "SELECT * FROM deployments WHERE deployment_id = ?",
                        Rows::deployment,
                        id)
                .stream()
                .findFirst()
                .map(DeploymentHistory::pricing)
                .orElse(null);
    }

    /** The sums and the rows that they are of change together. */
    private int intoSums(String table, String column, String id, int most, Sums sums) {
        String old = "deployment_id = ? AND " + column + " <= " + BEYOND.formatted(column, table);
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                int gone = sums.add(connection, old);
                if (gone > 0) {
                    gone =
                            update(
                                    connection,
                                    "DELETE FROM " + table + " WHERE " + old,
                                    id,
                                    id,
                                    most);
                }
                connection.commit();
                return gone;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw StoreException.of("cannot forget what is old", e);
        }
    }

    private int boundTable(String table, String column, String id, int most) {
        return update(
                "DELETE FROM "
                        + table
                        + " WHERE deployment_id = ? AND "
                        + column
                        + " <= "
                        + BEYOND.formatted(column, table),
                id,
                id,
                most);
    }

    private int update(String sql, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            return update(connection, sql, parameters);
        } catch (SQLException e) {
            throw StoreException.of("cannot forget what is old", e);
        }
    }

    private static int update(Connection connection, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
