package io.scalable.client.host;

import io.scalable.contracts.deployment.TargetSpec;

/** Whether the workers of a target can reach the broker that it is given. */
public final class RemoteBrokers {

    private RemoteBrokers() {}

    /**
     * Refuses a broker inside this program for workers that could not reach it.
     *
     * @throws IllegalArgumentException with the reason and the ways out
     */
    public static void refuseEmbedded(TargetSpec target) {
        if (HostedProviders.isCloud(target.provider())) {
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
