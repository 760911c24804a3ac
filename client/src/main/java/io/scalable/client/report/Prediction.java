package io.scalable.client.report;

import io.scalable.client.run.RunFolder;
import io.scalable.client.run.RunState;
import io.scalable.client.run.TaskRecord;
import io.scalable.contracts.scaling.ScalePlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How good the first plan's prediction was.
 *
 * @param predictedSeconds from the submission to the end of the last task, in half of all cases
 * @param actualSeconds how long that took
 */
public record Prediction(double predictedSeconds, double actualSeconds) {

    /** Null if nothing was predicted, or not all tasks ended well. */
    static @Nullable Prediction of(RunFolder folder) throws IOException {
        List<ScalePlan> plans = folder.decisions().read();
        RunState state = folder.info().state();
        // What a run of several lives took says nothing of the first one's plan.
        boolean once = folder.info().lives().size() == 1;
        if (predicted(plans) == null || state != RunState.SUCCEEDED || !once) {
            // A run's tasks may be many: read only if there is something to compare.
            return null;
        }
        List<TaskRecord> tasks = folder.tasks().read();
        Optional<Instant> begin =
                tasks.stream()
                        .map(TaskRecord::queuedAt)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder());
        Optional<Instant> end =
                tasks.stream().map(TaskRecord::finishedAt).max(Comparator.naturalOrder());
        return of(plans, state, begin.orElse(null), end.orElse(null));
    }

    /**
     * Null if nothing was predicted, or not all tasks ended well.
     *
     * @param begin when the first task began to wait for a worker
     * @param end when the last task ended
     */
    static @Nullable Prediction of(
            List<ScalePlan> plans, RunState state, @Nullable Instant begin, @Nullable Instant end) {
        Double predicted = predicted(plans);
        return predicted == null || state != RunState.SUCCEEDED || begin == null || end == null
                ? null
                : new Prediction(predicted, Duration.between(begin, end).toMillis() / 1000.0);
    }

    /** What the first plan said; null if it said nothing, or knew nothing of the durations. */
    private static @Nullable Double predicted(List<ScalePlan> plans) {
        return plans.stream()
                .min(Comparator.comparingLong(ScalePlan::generation))
                .map(ScalePlan::expectedSeconds)
                .orElse(null);
    }
}
