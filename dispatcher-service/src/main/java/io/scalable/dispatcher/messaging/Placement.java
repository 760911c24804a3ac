package io.scalable.dispatcher.messaging;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;

/**
 * Which partition a deployment belongs to. Clients in other languages may hash otherwise, or send
 * no key: their records are sent on, once, to where they belong.
 *
 * @param partitions of each topic that is read
 */
record Placement(int partitions) {

    private static final String SENT_ON = "scalable-sent-on";

    /** True if the deployment's records belong to another partition. */
    boolean misplaced(String deploymentId, int partition) {
        return partitions > 1 && partition != partitionOf(deploymentId);
    }

    /** The partition of a deployment's records. */
    int partitionOf(String deploymentId) {
        byte[] key = deploymentId.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    /** True if the record was sent on before. */
    static boolean sentOn(Headers headers) {
        return headers.lastHeader(SENT_ON) != null;
    }

    /** Marks a record that is sent on. */
    static void mark(Headers headers) {
        Headers unused = headers.add(SENT_ON, new byte[0]);
    }
}
