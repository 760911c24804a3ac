package io.scalable.client.run;

import io.scalable.contracts.task.TaskState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param summary the run in numbers
 * @param failures the failures that tasks ended with, in the order they happened
 * @param workersLeft workers that were still there when the wait for them was over
 * @param problem what kept the run itself from going on; null if nothing did
 */
public record RunOutcome(
        RunSummary summary,
        List<FailureRecord> failures,
        List<String> workersLeft,
        @Nullable String problem) {
    public RunOutcome {
        failures = List.copyOf(failures);
        workersLeft = List.copyOf(workersLeft);
    }

    /** Of a run that was left as it is; its tasks are not counted. */
    static RunOutcome interrupted(
            RunInfo run, List<FailureRecord> failures, List<String> workersLeft) {
        var summary =
                new RunSummary(
                        run,
                        null,
                        Map.of(),
                        Map.of(),
                        new ScalingEvents(0, 0),
                        Map.of(),
                        failures.size(),
                        null);
        return new RunOutcome(summary, failures, workersLeft, run.problem());
    }

    /** True if the run has ended and its folder says so: nothing else is needed of it. */
    public boolean concluded() {
        return state() != RunState.INTERRUPTED && state() != RunState.RUNNING;
    }

    /** True if every task succeeded and nothing was left out. */
    public boolean succeeded() {
        return state() == RunState.SUCCEEDED;
    }

    /** The run's final state. */
    public RunState state() {
        return summary.run().state();
    }

    /** How many tasks ended as {@code state}. */
    public int count(TaskState state) {
        return summary.count(state);
    }
}
