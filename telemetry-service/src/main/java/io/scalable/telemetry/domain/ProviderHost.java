package io.scalable.telemetry.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A process that launches workers, and when it was last heard of.
 *
 * @param hostId what deployments name as their provider host
 * @param providers the kinds of target that it serves
 * @param heardAt when its last sign of life came, by telemetry's clock: hosts' clocks may differ
 */
public record ProviderHost(String hostId, List<String> providers, Instant heardAt) {

    /** Hosts say every 5 s that they live; one that is silent for so long is gone. */
    public static final Duration SILENT = Duration.ofSeconds(20);

    public ProviderHost {
        providers = List.copyOf(providers);
    }

    /** True if it was heard of lately. */
    public boolean lives(Instant now) {
        return heardAt.plus(SILENT).isAfter(now);
    }
}
