package io.scalable.dispatcher.messaging;

import io.scalable.contracts.task.TaskResult;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What is known of the topics that are read, beside their records. */
interface Inputs {

    /** The thread takes a partition over: what it read of it before belongs to an earlier time. */
    void takenOver(int partition);

    /**
     * Where a partition of each topic ends now, as the next offset to be read; a topic in which
     * nothing is left to read is left out. Does not wait.
     */
    CompletableFuture<Map<String, Long>> ends(int partition);

    /**
     * The newest results of these deployments that are written, in the order in which they are.
     * Waits for the broker, for some seconds at most.
     */
    List<TaskResult> newestResults(Collection<String> deployments);

    /** How far the consumer of this thread has come. */
    Progress progress(String topic, int partition);

    /**
     * How far a consumer has come.
     *
     * @param position the next offset that it asks for; -1 if it has not asked yet
     * @param lastRecord the offset of the last record that it got; -1 if it got none
     */
    record Progress(long position, long lastRecord) {

        static final Progress NONE = new Progress(-1, -1);
    }
}
