package io.scalable.provider.cloud.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The worker pools of one project in one region. Every call blocks; all throw {@link
 * GoogleException}. Thread-safe.
 */
interface CloudRun extends AutoCloseable {

    /**
     * A long-running operation.
     *
     * @param name to ask for it again; empty if the API gave none
     * @param error why it failed; null if it did not, or is not done
     */
    record Operation(String name, boolean done, @Nullable String error) {}

    /** Makes a worker pool; {@code EXISTS} if there is one of this name. */
    Operation create(String name, JsonNode pool);

    /** Deletes a worker pool: its container gets SIGTERM; {@code MISSING} if there is none. */
    Operation delete(String name);

    /** How an operation is. */
    Operation operation(String name);

    /** All pools of ours, whatever their deployment. */
    List<SeenPool> list();

    @Override
    void close();
}
