package io.scalable.client.run;

import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.topic.Topics;

/** Holds tasks to the size of a record, which brokers refuse without saying of what. */
final class TaskSizes {

    private static final JsonCodec<TaskCommand> CODEC = JsonCodec.of(TaskCommand.class);

    private TaskSizes() {}

    /**
     * Looks whether a task can be sent; a large input goes by reference and does not count.
     *
     * @throws IllegalArgumentException if not; the message names the task, its size and the limit
     */
    static void check(SubmitTask task) {
        int limit = Topics.recordBytes(Topics.TASKS);
        if (letters(task) < limit / 8) {
            return;
        }
        int bytes = CODEC.encode(task.withInput(Payload.none())).length;
        if (bytes > limit) {
            throw new IllegalArgumentException(
                    ("task %s cannot be submitted: with its command and %d needs it has %d bytes,"
                         + " and a task may have %d; put long arguments into a file, and name all"
                         + " tasks of a name with one need")
                            .formatted(task.taskId(), task.needs().size(), bytes, limit));
        }
    }

    private static long letters(SubmitTask task) {
        long letters = task.needs().stream().mapToLong(need -> need.length() + 3L).sum();
        return task.work() instanceof Work.Command command
                ? letters + command.argv().stream().mapToLong(word -> word.length() + 3L).sum()
                : letters;
    }
}
