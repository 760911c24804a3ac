package io.scalable.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.scalable.contracts.Work;

/** Runs handlers on the slot's own thread; what they print is kept per attempt. Thread-safe. */
final class HandlerTasks {

    private final HandlerLookup lookup;
    private final TaskLogs logs;

    HandlerTasks(HandlerLookup lookup, TaskLogs logs) {
        this.lookup = lookup;
        this.logs = logs;
        TaskOutput.install();
    }

    /**
     * Calls the handler with its input.
     *
     * @throws TaskFault if there is no such handler, or it fails
     */
    JsonNode run(Work.Handler work, TaskInput input, Attempt attempt) throws TaskFault {
        Handler handler = lookup.find(work.method());
        try (AttemptLogs kept = logs.of(attempt.lease());
                var _ = TaskOutput.into(kept)) {
            return handler.call(input, attempt);
        }
    }
}
