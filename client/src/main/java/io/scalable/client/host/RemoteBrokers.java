package io.scalable.client.host;

import io.scalable.contracts.deployment.TargetSpec;
import java.util.Set;

/** Whether the workers of a target can reach the broker that it is given. */
public final class RemoteBrokers {

    /** Providers whose workers run on machines that do not see this one. */
    private static final Set<String> REMOTE = Set.of("kubernetes", "aws", "gcp");

    private RemoteBrokers() {}

    /** True if workers of provider {@code name} run where nothing of this machine is seen. */
    public static boolean needed(String name) {
        return REMOTE.contains(name);
    }

    /**
     * Refuses a broker inside this program for workers that could not reach it.
     *
     * @throws IllegalArgumentException with the reason and the ways out
     */
    public static void refuseEmbedded(TargetSpec target) {
        if (needed(target.provider())) {
            throw new IllegalArgumentException(
                    ("targets.%1$s: workers on %2$s cannot reach the broker inside this program: it"
                         + " is on this machine and ends with the run. Three ways out: name brokers"
                         + " that they reach, with targets.%1$s.bootstrap (and .kafka for their"
                         + " security) or --bootstrap; or keep one at an address that they reach,"
                         + " with './scalable up --kafka HOST:PORT', and run with --bootstrap"
                         + " HOST:PORT; or run the services beside the workers (docs/services.md)"
                         + " and run with their --bootstrap")
                            .formatted(target.name(), target.provider()));
        }
    }
}
