package io.scalable.telemetry.store;

import io.scalable.contracts.deployment.Pricing;
import io.scalable.contracts.worker.WorkerBills.Bill;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sums of workers whose rows are forgotten, one for each deployment and pool.
 *
 * @param component the pool's component
 * @param workers how many
 * @param started how many of them have run
 * @param seconds how long they have run together, seconds
 * @param spent what they have cost, at the prices of when they were forgotten; 0 without prices
 */
record ForgottenWorkers(
        String component, long workers, long started, double seconds, double spent) {

    private static final Table TABLE =
            new Table(
                    "forgotten_workers",
                    List.of("deployment_id", "component"),
                    List.of("workers", "started", "worker_seconds", "spent"));

    /** What a deployment's sums are. */
    static List<ForgottenWorkers> of(Connection connection, String deploymentId)
            throws SQLException {
        return Rows.query(
                connection,
                "SELECT * FROM forgotten_workers WHERE deployment_id = ?",
                ForgottenWorkers::read,
                deploymentId);
    }

    /**
     * Adds the workers that {@code where} finds, which have ended, to their deployment's sums.
     *
     * @param pricing what they cost; null if they have no price
     * @param parameters of {@code where}
     * @return how many they are
     */
    static int add(
            Connection connection,
            String where,
            String deploymentId,
            @Nullable Pricing pricing,
            Object... parameters)
            throws SQLException {
        List<ForgottenWorkers> more =
                Rows.query(
                        connection,
                        "SELECT component, requested_at, started_at, ended_at FROM workers WHERE "
                                + where,
                        row -> of(bill(row), pricing),
                        parameters);
        Map<String, ForgottenWorkers> sums = new HashMap<>();
        of(connection, deploymentId).forEach(known -> sums.put(known.component(), known));
        more.forEach(one -> sums.merge(one.component(), one, ForgottenWorkers::plus));
        if (!more.isEmpty()) {
            TABLE.put(connection, sums.values().stream().map(s -> s.row(deploymentId)).toList());
        }
        return more.size();
    }

    private static Bill bill(ResultSet row) throws SQLException {
        Instant requested = Rows.time(row, "requested_at");
        Instant started = Rows.time(row, "started_at");
        Instant ended = Objects.requireNonNull(Rows.time(row, "ended_at"));
        Instant first = requested == null ? started : requested;
        return new Bill(row.getString("component"), first == null ? ended : first, started, ended);
    }

    private static ForgottenWorkers of(Bill bill, @Nullable Pricing pricing) {
        Instant end = Objects.requireNonNull(bill.endedAt());
        return new ForgottenWorkers(
                bill.component(),
                1,
                bill.startedAt() == null ? 0 : 1,
                bill.ranSeconds(end),
                pricing == null ? 0 : bill.cost(pricing, end));
    }

    private static ForgottenWorkers read(ResultSet row) throws SQLException {
        return new ForgottenWorkers(
                row.getString("component"),
                row.getLong("workers"),
                row.getLong("started"),
                row.getDouble("worker_seconds"),
                row.getDouble("spent"));
    }

    private ForgottenWorkers plus(ForgottenWorkers other) {
        return new ForgottenWorkers(
                component,
                workers + other.workers,
                started + other.started,
                seconds + other.seconds,
                spent + other.spent);
    }

    private Table.Row row(String deploymentId) {
        return Table.Row.of(workers, started, seconds, spent, deploymentId, component);
    }
}
