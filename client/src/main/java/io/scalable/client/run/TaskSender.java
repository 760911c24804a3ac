package io.scalable.client.run;

import io.scalable.contracts.FileProblem;
import io.scalable.contracts.JsonCodec;
import io.scalable.contracts.Payload;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.task.TaskCommand;
import io.scalable.contracts.task.TaskCommand.SubmitTask;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** Sends task commands, large inputs by reference. Thread-safe; nothing waits for the broker. */
final class TaskSender {

    private static final JsonCodec<TaskCommand> CODEC = JsonCodec.of(TaskCommand.class);

    private final Payloads payloads;
    private final DeploymentLink link;
    private final Consumer<RunException> failed;

    TaskSender(URI storage, DeploymentLink link, Consumer<RunException> failed) {
        this.payloads = Payloads.at(storage);
        this.link = link;
        this.failed = failed;
    }

    void send(TaskCommand command) {
        byte[] encoded = CODEC.encode(command);
        // Only a record that is large as a whole can have a large input.
        if (encoded.length > Payload.INLINE_LIMIT_BYTES
                && command instanceof SubmitTask task
                && !task.input().isReference()) {
            encoded = CODEC.encode(withStoredInput(task));
        }
        link.tell(command, encoded, failed);
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
                    "the input of " + task.taskId() + " cannot be stored: " + FileProblem.describe(e), e);
        }
    }
}
