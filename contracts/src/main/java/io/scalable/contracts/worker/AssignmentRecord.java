package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What stands on {@code scalable.assignments.<deployment>}: one assignment, or several of one
 * worker in one record. Keyed by worker.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Assignments.class, name = "Assignments"),
    @JsonSubTypes.Type(Assignment.class)
})
public sealed interface AssignmentRecord permits Assignment, Assignments {

    String workerId();
}
