package io.scalable.provider.platform;

import io.scalable.provider.backend.LaunchOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a platform that runs workers can do: a batch scheduler, a container service. What the
 * platform runs for one worker (a job, a pod, a task) has a handle, which is the platform's own id
 * and never used again.
 *
 * <p>Every call blocks, may be made by several threads at a time, and throws nothing but {@link
 * PlatformException}.
 */
public interface Platform {

    /** How something is ended. Later constants are stronger. */
    enum Ending {
        /** Taken out of the queue, or asked to end; not if its worker takes leases. */
        UNLESS_READY,
        /** Taken out of the queue, or asked to end in good order. */
        ASK,
        /** Ended at once. */
        KILL
    }

    /** How the platform is to be treated: what it promises, and how often it may be asked. */
    Traits traits();

    /**
     * Launches workers of one component whose ordinals are in a row.
     *
     * @return what became of each, by worker id; a worker that is left out is {@link
     *     Launched.Unsure}
     * @throws PlatformException if nothing can be said of any of them: {@code REFUSED} and {@code
     *     LATER} say that nothing was started, the others that nobody knows
     */
    Map<String, Launched> launch(List<LaunchOrder> alike);

    /**
     * All that runs or waits for workers of this user's, of whichever deployment, and what has
     * ended as long as the platform remembers it.
     */
    List<Sighting> list();

    /**
     * Looks for what a listing lacks, by other means. What is left out of the answer is not known
     * to the platform.
     */
    default List<Sighting> find(Collection<String> handles) {
        return List.of();
    }

    /** Ends what is given by handle; what is gone is no error. */
    void end(Collection<String> handles, Ending how);

    /** What a handle is called for people, before a listing says where its worker runs. */
    default String describe(String handle) {
        return handle;
    }

    /** The last lines that a worker wrote; null if none are at hand. Returns soon. */
    default @Nullable String log(String workerId) {
        return null;
    }

    /** Nothing is left of a worker. Returns soon. */
    default void forget(String workerId) {}
}
