package io.scalable.provider;

import io.scalable.contracts.Backoff;
import io.scalable.contracts.kafka.Quarantine;
import io.scalable.contracts.service.ServiceEvent;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What becomes of a deployment whose pass fails unexpectedly: it waits, longer after each failure;
 * after several in a row it is set aside until a newer record of it, or its end, releases it. One
 * that has ended is never set aside: its workers must end. Each change is told and logged once.
 * Time is handed in. Not thread-safe.
 */
final class HostTroubles {

    private static final System.Logger LOG = System.getLogger(HostTroubles.class.getName());
    private static final Backoff WAITS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Failures in a row, about a quarter of a minute apart in all, that are no accident. */
    private static final int TRIES = 5;

    /** Failures in a row, and when the next try is due. */
    private record Trouble(int failures, Instant next) {}

    private final Map<String, Trouble> troubles = new HashMap<>();
    private final Quarantine quarantine;
    private final Consumer<ServiceEvent> events;

    /**
     * @param hostId who sets aside
     * @param events hears of what is set aside and released
     */
    HostTroubles(String hostId, Consumer<ServiceEvent> events) {
        this.quarantine = new Quarantine(hostId);
        this.events = events;
    }

    /** True if a pass over the deployment is due. */
    boolean due(String deploymentId, Instant now) {
        Trouble trouble = troubles.get(deploymentId);
        return !quarantine.holds(deploymentId)
                && (trouble == null || !now.isBefore(trouble.next()));
    }

    /** True if the deployment is set aside. */
    boolean holds(String deploymentId) {
        return quarantine.holds(deploymentId);
    }

    /** A pass went well. */
    void worked(String deploymentId) {
        if (troubles.remove(deploymentId) != null) {
            LOG.log(Level.INFO, "deployment {0}: its passes work again", deploymentId);
        }
    }

    /**
     * A pass failed.
     *
     * @param ended true once the deployment has ended
     */
    void failed(String deploymentId, Throwable cause, boolean ended, Instant now) {
        Trouble before = troubles.get(deploymentId);
        int failures = before == null ? 1 : before.failures() + 1;
        if (failures >= TRIES && !ended) {
            setAside(deploymentId, cause, now);
            return;
        }
        troubles.put(deploymentId, new Trouble(failures, now.plus(WAITS.delay(failures, 0))));
        if (before == null) {
            LOG.log(
                    Level.WARNING,
                    "deployment " + deploymentId + ": a pass failed, to be tried once more",
                    cause);
        }
    }

    /** Leaves the deployment alone from now on. */
    void setAside(String deploymentId, Throwable cause, Instant now) {
        troubles.remove(deploymentId);
        quarantine
                .setAside(deploymentId, cause, now)
                .ifPresent(
                        event -> {
                            LOG.log(
                                    Level.ERROR,
                                    "deployment "
                                            + deploymentId
                                            + " is set aside until it is undeployed or published"
                                            + " anew; its workers stay as they are",
                                    cause);
                            events.accept(event);
                        });
    }

    /** A newer record of the deployment, or its end, has come. */
    void release(String deploymentId, Instant now) {
        troubles.remove(deploymentId);
        quarantine.release(deploymentId, now).ifPresent(events);
    }
}
