package io.scalable.simulation;

import io.scalable.contracts.task.TaskResult;
import io.scalable.contracts.task.TaskState;
import java.util.Objects;

/** A task ends once: however often its result is written, it says the same. */
final class OneAcceptedResult implements Invariant {

    @Override
    public void appended(World world, Log.Entry record) {
        if (record.value() instanceof TaskResult result) {
            TaskResult first = world.accepted(result.taskId());
            boolean same =
                    first == null
                            || first.state() == result.state()
                                    && (keptNoLonger(result)
                                            || Objects.equals(first.result(), result.result()));
            if (!same) {
                throw broken(first + " and then " + result);
            }
        }
    }

    /** An answer to who asks late: that it succeeded is known, with what is not. */
    private static boolean keptNoLonger(TaskResult result) {
        return result.state() == TaskState.SUCCEEDED && result.result() == null;
    }
}
