package io.scalable.provider;

import io.scalable.provider.backend.WorkerBackend;
import io.scalable.provider.backend.WorkerStatus;
import io.scalable.provider.reconcile.Strays;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Ends workers that a backend lists though nobody tracks them. A backend is asked once, and again
 * only after a while: asking takes its time, and it must come to listing, too.
 */
final class StrayEnding {

    private static final System.Logger LOG = System.getLogger(StrayEnding.class.getName());
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** When each stray that is alive was asked to end. */
    private final Map<String, Instant> asked = new HashMap<>();

    /** True if no stray was alive when they were last looked at. */
    boolean none() {
        return asked.isEmpty();
    }

    /**
     * Asks strays to end, where that is due.
     *
     * @param ids the strays
     * @return those that are alive
     */
    Strays end(
            ClusterHandle cluster,
            Collection<String> ids,
            Map<String, WorkerStatus> listing,
            Instant now) {
        WorkerBackend backend = cluster.backend();
        asked.keySet().retainAll(ids);
        for (String id : ids) {
            if (listing.get(id) instanceof WorkerStatus.Exited) {
                asked.remove(id);
                backend.forget(id);
            } else if (!asked.containsKey(id) || !now.isBefore(asked.get(id).plus(AGAIN))) {
                asked.put(id, now);
                terminate(backend, id);
            }
        }
        return Strays.of(cluster.deployment(), asked.keySet());
    }

    private static void terminate(WorkerBackend backend, String id) {
        try {
            LOG.log(Level.INFO, "worker {0} is ended: nobody tracks it", id);
            backend.terminate(id);
        } catch (RuntimeException e) {
            // The backend may have done it all the same: the listing will tell.
            LOG.log(Level.WARNING, "worker " + id + " could not be asked to end", e);
        }
    }
}
