package io.scalable.simulation;

import io.scalable.contracts.Payload;
import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.worker.Assignment.LeaseGranted;
import io.scalable.contracts.worker.Assignment.ParentResults;
import java.util.ArrayList;
import java.util.List;

/** What a task is handed of another is that task's accepted result, the driver's. */
final class ChildrenSeeTheAcceptedResult implements Invariant {

    private final List<LeaseGranted> begun = new ArrayList<>();

    @Override
    public void began(World world, LeaseGranted lease) {
        if (!lease.parents().isEmpty()) {
            begun.add(lease);
        }
    }

    @Override
    public void settled(World world) {
        for (LeaseGranted lease : begun) {
            for (ParentResults parents : lease.parents()) {
                for (Payload handed : parents.results()) {
                    compare(world, lease, handed);
                }
            }
        }
    }

    private void compare(World world, LeaseGranted lease, Payload handed) {
        String text = handed.value() == null ? "" : handed.value().asText();
        int end = text.indexOf('#');
        TaskResult accepted = end < 0 ? null : world.accepted(text.substring(0, end));
        if (accepted == null || !handed.equals(accepted.result())) {
            throw broken(lease.taskId() + " was handed '" + text + "', accepted is " + accepted);
        }
    }
}
