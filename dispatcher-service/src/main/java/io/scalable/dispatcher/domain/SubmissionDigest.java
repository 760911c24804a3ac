package io.scalable.dispatcher.domain;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.util.zip.CRC32C;

/** A checksum of a submitted task: another task under the same id has another one. */
final class SubmissionDigest {

    private static final JsonCodec<TaskCommand> CODEC = JsonCodec.of(TaskCommand.class);

    private SubmissionDigest() {}

    /**
     * The checksum of what the task is; which trace it belongs to, and how it ended in an earlier
     * life of its run, do not count.
     */
    static int of(SubmitTask task) {
        var crc = new CRC32C();
        crc.update(CODEC.encode(task.withTraceparent(null).withKnown(null)));
        return (int) crc.getValue();
    }
}
