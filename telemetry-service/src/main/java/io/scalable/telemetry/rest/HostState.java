package io.scalable.telemetry.rest;

import io.scalable.telemetry.domain.ProviderHost;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who launches a deployment's workers.
 *
 * @param hostId what the deployment names
 * @param lives true if it was heard of in the last seconds
 * @param heardAt when it was last heard of; null if never
 * @param providers the kinds of target that it serves; empty if it was never heard of
 * @param problem what is wrong and what to do, for people; null if nothing is
 */
public record HostState(
        String hostId,
        boolean lives,
        @Nullable Instant heardAt,
        List<String> providers,
        @Nullable String problem) {

    static HostState of(String hostId, String provider, @Nullable ProviderHost host, Instant now) {
        boolean lives = host != null && host.lives(now);
        List<String> providers = host == null ? List.of() : host.providers();
        String problem = null;
        if (!lives) {
            problem =
                    "nobody serves this deployment: its provider host '"
                            + hostId
                            + (host == null
                                    ? "' was never heard of"
                                    : "' was last heard of at " + host.heardAt())
                            + "; start it, or deploy to a host that is there";
        } else if (!providers.contains(provider)) {
            problem =
                    "the provider host '"
                            + hostId
                            + "' serves "
                            + String.join(", ", providers)
                            + ", not "
                            + provider
                            + ": nobody launches workers for this deployment";
        }
        return new HostState(
                hostId, lives, host == null ? null : host.heardAt(), providers, problem);
    }
}
