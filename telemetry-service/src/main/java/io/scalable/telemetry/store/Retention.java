package io.scalable.telemetry.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/** Forgets what is too old. */
public final class Retention {

    private static final List<String> TABLES =
            List.of(
                    "tasks",
                    "failures",
                    "workers",
                    "decisions",
                    "pool_plans",
                    "pool_samples",
                    "components",
                    "deployments");

    private final DataSource source;

    Retention(DataSource source) {
        this.source = source;
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
                            time);
        }
        return forgotten;
    }

    /**
     * Leaves one sample of each pool and minute before {@code time}, the last.
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
                       AND DATE_TRUNC('MINUTE', later.sampled_at) = DATE_TRUNC('MINUTE', pool_samples.sampled_at))
                """,
                time);
    }

    private int update(String sql, Instant time) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            OffsetDateTime before = time.atOffset(ZoneOffset.UTC);
            statement.setObject(1, before);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException("cannot forget what is old", e);
        }
    }
}
