package io.scalable.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.FileProblem;
import io.scalable.contracts.JsonProblem;
import io.scalable.contracts.Payload;
import io.scalable.contracts.Work;
import io.scalable.contracts.storage.AttemptFiles;
import io.scalable.contracts.storage.Payloads;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import java.io.IOException;
import java.util.Objects;

/**
 * What an attempt does: reads its input, runs its handler or command, stores its result.
 * Thread-safe.
 */
final class TaskWork {

    private final Payloads payloads;
    private final HandlerTasks handlers;
    private final CommandTasks commands;

    TaskWork(Payloads payloads, HandlerTasks handlers, CommandTasks commands) {
        this.payloads = payloads;
        this.handlers = handlers;
        this.commands = commands;
    }

    private Payload stored(LeaseGranted lease, JsonNode result) throws TaskFault {
        String name = AttemptFiles.result(lease.task(), lease.index(), lease.attempt());
        ResultLimits.checkForm(result);
        try {
            int inlineBytes =
                    Objects.requireNonNullElse(lease.inlineBytes(), Payload.INLINE_LIMIT_BYTES);
            Payload payload = payloads.write(name, result, inlineBytes);
            ResultLimits.checkSize("the result", payload.bytes());
            return payload;
        } catch (JsonProcessingException e) {
            throw TaskFault.user(
                    "result refused",
                    "the result cannot be written as JSON: " + JsonProblem.describe(e));
        } catch (IOException e) {
            throw TaskFault.machine(
                    "result not stored",
                    "the result cannot be stored from "
                            + HostName.get()
                            + ": "
                            + FileProblem.describe(e));
        }
    }

    /** Runs the attempt on the current thread; whatever goes wrong is in the outcome. */
    Outcome perform(Attempt attempt) {
        LeaseGranted lease = attempt.lease();
        try {
            TaskInput input = TaskInput.read(lease, payloads);
            JsonNode result =
                    switch (lease.work()) {
                        case Work.Handler handler -> handlers.run(handler, input, attempt);
                        case Work.Command command -> commands.run(command, input, attempt);
                    };
            return Outcome.of(stored(lease, result));
        } catch (TaskFault e) {
            return Outcome.of(e);
        } catch (InterruptedException | IOException | RuntimeException | Error e) {
            return Outcome.of(ExceptionFailure.of(e));
        }
    }
}
