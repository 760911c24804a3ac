package io.scalable.telemetry.rest;

import io.scalable.telemetry.config.TelemetryStore;
import io.scalable.telemetry.domain.ProviderHost;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** The processes that launch workers. */
@Path("/telemetry/provider-hosts")
@Produces(MediaType.APPLICATION_JSON)
public class ProviderHostResource {

    /**
     * A provider host.
     *
     * @param providers the kinds of target that it serves
     * @param heardAt when it was last heard of, by telemetry's clock
     * @param lives true if that was in the last seconds
     */
    public record Host(String hostId, List<String> providers, Instant heardAt, boolean lives) {}

    private final TelemetryStore store;

    ProviderHostResource(TelemetryStore store) {
        this.store = store;
    }

    /** Those that were heard of and not long ago, by id. */
    @GET
    public List<Host> hosts() {
        Instant now = Instant.now();
        return store.services().providerHosts().stream().map(host -> of(host, now)).toList();
    }

    private static Host of(ProviderHost host, Instant now) {
        return new Host(host.hostId(), host.providers(), host.heardAt(), host.lives(now));
    }
}
