package io.scalable.telemetry.store;

import io.scalable.contracts.scaling.PoolDemand.MissingNeed;
import io.scalable.telemetry.domain.ProviderHost;
import io.scalable.telemetry.domain.SetAside;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Answers what the services say of themselves. All methods throw {@link StoreException} if the
 * store fails.
 */
public final class ServicesReader {

    private final DataSource source;

    ServicesReader(DataSource source) {
        this.source = source;
    }

    /** The services that do not process a deployment, by name. */
    public List<SetAside> setAside(String deploymentId) {
        return query(
                "SELECT * FROM set_aside WHERE deployment_id = ? ORDER BY service",
                Rows::setAside,
                deploymentId);
    }

    /** What tasks of a deployment wait for and nobody has submitted, by id: the first ten. */
    public List<MissingNeed> missing(String deploymentId) {
        return query(
                "SELECT * FROM missing_needs WHERE deployment_id = ? ORDER BY need",
                row -> new MissingNeed(row.getString("need"), row.getInt("waiting")),
                deploymentId);
    }

    /** The provider hosts that were ever heard of and not long ago, by id. */
    public List<ProviderHost> providerHosts() {
        return query("SELECT * FROM provider_hosts ORDER BY host_id", Rows::providerHost);
    }

    /** A provider host; empty if it was never heard of. */
    public Optional<ProviderHost> providerHost(String id) {
        return query("SELECT * FROM provider_hosts WHERE host_id = ?", Rows::providerHost, id)
                .stream()
                .findFirst();
    }

    /** How many deployments live whose provider host was not heard of since {@code time}. */
    public long unserved(Instant time) {
        return query(
                        "SELECT COUNT(*) AS unserved FROM deployments d WHERE d.ended_at IS NULL"
                                + " AND d.provider_host IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
                                + " provider_hosts h WHERE h.host_id = d.provider_host AND"
                                + " h.heard_at >= ?)",
                        row -> row.getLong("unserved"),
                        time.atOffset(ZoneOffset.UTC))
                .getFirst();
    }

    /** How many deployments each service has set aside. */
    public Map<String, Long> setAsideByService() {
        var counts = new TreeMap<String, Long>();
        query(
                        "SELECT service, COUNT(*) AS deployments FROM set_aside GROUP BY service",
                        row -> Map.entry(row.getString("service"), row.getLong("deployments")))
                .forEach(e -> counts.put(e.getKey(), e.getValue()));
        return counts;
    }

    private <T> List<T> query(String sql, Rows.Reader<T> reader, Object... parameters) {
        try (Connection connection = source.getConnection()) {
            return Rows.query(connection, sql, reader, parameters);
        } catch (SQLException e) {
            throw StoreException.of("cannot read what services say", e);
        }
    }
}
