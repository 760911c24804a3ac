package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.scalable.contracts.topic.Batch;
import java.util.List;

/**
 * Events of one deployment that were decided together.
 *
 * @param events in order, at least one
 */
public record TaskEvents(String deploymentId, List<TaskEvent> events)
        implements TaskEventRecord, Batch<TaskEvent> {

    public TaskEvents {
        events = List.copyOf(events);
    }

    @Override
    @JsonIgnore
    public List<TaskEvent> parts() {
        return events;
    }
}
