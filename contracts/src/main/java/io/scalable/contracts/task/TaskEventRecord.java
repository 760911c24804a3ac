package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What stands on {@code scalable.task-events}: one event, or several in one record. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TaskEvents.class, name = "TaskEvents"),
    @JsonSubTypes.Type(TaskEvent.class)
})
public sealed interface TaskEventRecord permits TaskEvent, TaskEvents {

    String deploymentId();
}
