package io.scalable.client.run;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.kafka.Batches;
import io.scalable.contracts.kafka.Batches.Written;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.SubmitTasks;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import io.scalable.contracts.task.TaskCommandRecord;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * Sends task commands: like tasks together, large inputs by reference. Thread-safe; nothing waits
 * for the broker.
 */
final class TaskSender {

    private static final JsonCodec<TaskCommandRecord> CODEC = JsonCodec.of(TaskCommandRecord.class);

    /** Tasks in one record at most: the dispatcher looks at nothing else while it takes them. */
    private static final int TOGETHER = 100;

    private final Payloads payloads;
    private final DeploymentLink link;
    private final Consumer<RunException> failed;

    TaskSender(URI storage, DeploymentLink link, Consumer<RunException> failed) {
        this.payloads = Payloads.at(storage);
        this.link = link;
        this.failed = failed;
    }

    void send(TaskCommand command) {
        link.tell(command, CODEC.encode(command), failed);
    }

    /** Sends tasks in order. */
    void submit(List<SubmitTask> tasks) {
        int from = 0;
        while (from < tasks.size()) {
            int to = from + 1;
            while (to < tasks.size() && SubmitTasks.alike(tasks.get(from), tasks.get(to))) {
                to++;
            }
            Batches.write(tasks.subList(from, to), TOGETHER, SubmitTasks::of, CODEC)
                    .forEach(this::submit);
            from = to;
        }
    }

    private void submit(Written<TaskCommandRecord> written) {
        // Only a record that is large as a whole can have a large input, and stands alone then.
        if (written.json().length > Payload.INLINE_LIMIT_BYTES
                && written.record() instanceof SubmitTask task
                && !task.input().isReference()) {
            send(withStoredInput(task));
        } else {
            link.tell(written.record(), written.json(), failed);
        }
    }

    private SubmitTask withStoredInput(SubmitTask task) {
        try {
            Payload input =
                    payloads.write(
                            "inputs/" + task.task() + "/" + task.index() + ".json",
                            payloads.read(task.input()));
            return task.withInput(input);
        } catch (IOException e) {
            throw new RunException(
                    "the input of "
                            + task.taskId()
                            + " cannot be stored: "
                            + FileProblem.describe(e),
                    e);
        }
    }
}
