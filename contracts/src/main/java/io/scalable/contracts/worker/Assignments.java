package io.scalable.contracts.worker;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.scalable.contracts.topic.Batch;
import java.util.List;

/**
 * What the dispatcher tells one worker at a time.
 *
 * @param assignments in order, at least one, all of this worker
 */
public record Assignments(String workerId, List<Assignment> assignments)
        implements AssignmentRecord, Batch<Assignment> {

    public Assignments {
        assignments = List.copyOf(assignments);
    }

    @Override
    @JsonIgnore
    public List<Assignment> parts() {
        return assignments;
    }
}
