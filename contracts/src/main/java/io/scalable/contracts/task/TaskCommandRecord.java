package io.scalable.contracts.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What stands on {@code scalable.tasks}: one command, or the submission of many like tasks. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SubmitTasks.class, name = "SubmitTasks"),
    @JsonSubTypes.Type(TaskCommand.class)
})
public sealed interface TaskCommandRecord permits TaskCommand, SubmitTasks {

    /** The deployment that the command is for. */
    String deploymentId();
}
