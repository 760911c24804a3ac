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

    boolean misplaced(String deploymentId, int partition, Headers headers) {
        return partitions > 1
                && headers.lastHeader(SENT_ON) == null
                && partition
                        != Utils.toPositive(
                                        Utils.murmur2(
                                                deploymentId.getBytes(StandardCharsets.UTF_8)))
                                % partitions;
    }

    /** Marks a record that is sent on. */
    static void mark(Headers headers) {
        Headers unused = headers.add(SENT_ON, new byte[0]);
    }
}
