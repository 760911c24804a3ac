package io.scalable.dispatcher.messaging;

import java.util.List;
import java.util.Set;

/**
 * Writes to the deployments' own topics, results and assignments. They come and go with their
 * deployments, and may be missing at any moment: nothing here waits, and no topic holds up another.
 *
 * <p>Assignments are sent once: those that are lost are set right by the workers' heartbeats.
 * Results are said to be written when their topic has them; those of a deployment whose topic did
 * not take one are asked for again, until it does.
 */
interface OwnTopics extends AutoCloseable {

    /** The part of one partition's processor. For one thread, but for what Kafka answers. */
    interface Session {

        /** Sends a task's result. */
        void result(String deploymentId, String taskId, Outgoing record);

        /** Sends assignments in this order, or none of them where the topic stays missing. */
        void assignments(List<Outgoing> records);

        /** The results of the deployment are not wanted any more. */
        void forget(String deploymentId);

        /** The results that are on their topics since the call before. */
        List<Written> takeWritten();

        /** The deployments whose pending results must be sent again now. */
        Set<String> takeFailed();

        /** Nothing more is taken from this session; what is under way may still arrive. */
        void close();
    }

    /** A result that its topic has. */
    record Written(String deploymentId, String taskId) {}

    /**
     * Begins to write for a partition.
     *
     * @param grant nothing is sent once it does not hold any more
     */
    Session session(Ownership.Grant grant);

    @Override
    void close();
}
